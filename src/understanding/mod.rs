//! What a message means: its language, the entry it asks for, what in it is personal, and whether it speaks of danger. Pure.

pub(crate) mod danger;
pub mod evaluation;
pub mod language;
pub mod matching;
pub mod redaction;
