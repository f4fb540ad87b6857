//! The starter pack's files, which are part of the program.

use include_dir::{Dir, include_dir};

/// The starter pack: what a municipality has on its first day.
pub static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// Words that mean the same in the languages, for matching.
pub const GLOSSARY: &str = include_str!("../starter/glossary.toml");
