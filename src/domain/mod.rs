//! The nouns: what the rest of the program speaks about, with the rules that need nothing else.

pub mod content;
pub mod inbox;
pub mod offices;
pub mod people;
pub mod safety;
pub mod staff;
pub mod statistics;
pub mod text;
pub mod unanswered;
