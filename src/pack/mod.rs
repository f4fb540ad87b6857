//! The pack: everything a municipality writes, as files that people can read and correct.
//!
//! `starter/` is one, and it is part of the program: it is what a municipality has on its first day.

pub mod compare;
mod files;
pub mod lint;
mod merge;
mod read;

use include_dir::{Dir, include_dir};

pub use self::read::{Files, Problem, embedded, read};

/// The starter pack, inside the program.
pub static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// Words that mean the same in the languages, for matching.
pub const GLOSSARY: &str = include_str!("../../starter/glossary.toml");
