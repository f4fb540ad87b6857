//! ventanilla: trusted answers for migrants in Haitian Creole, Spanish and English.

pub mod actions;
pub mod cli;
pub mod clock;
pub mod config;
pub mod conversation;
pub mod domain;
pub mod evaluation;
pub mod files;
pub mod knowledge;
pub mod language;
pub mod live;
pub mod locale;
pub mod matching;
pub mod measures;
pub mod pack;
pub mod sealing;
pub mod statistics;
pub mod store;
pub mod stripping;
pub mod tables;
pub mod telegram;
pub mod terminal;
pub mod web;
