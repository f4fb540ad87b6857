//! ventanilla: trusted answers for migrants in Haitian Creole, Spanish and English.

pub mod app;
pub mod bot;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod encryption;
pub mod exports;
pub mod files;
pub mod i18n;
pub mod metrics;
pub mod pack;
pub mod starter;
pub mod store;
pub mod telegram;
pub mod terminal;
pub mod understanding;
pub mod web;
