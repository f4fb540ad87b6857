//! ventanilla: trusted answers for migrants in Haitian Creole, Spanish and English.

pub mod clock;
pub mod conversation;
pub mod domain;
pub mod knowledge;
pub mod language;
pub mod locale;
pub mod matching;
pub mod pack;
pub mod telegram;
