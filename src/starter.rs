//! The starter pack's files, compiled into the program.

use include_dir::{Dir, include_dir};

/// The starter pack: the content that a municipality starts with.
pub static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// Short numbers that can be called, one a line.
pub const SHORT_NUMBERS: &str = include_str!("../starter/numbers.txt");

/// Words with the same meaning in the different languages, for matching.
pub const GLOSSARY: &str = include_str!("../starter/glossary.toml");

/// Words of danger with the same meaning in the different languages, for the detector of danger.
pub const DANGER_GLOSSARY: &str = include_str!("../starter/danger-glossary.toml");
