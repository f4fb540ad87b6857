//! The understanding of messages: their language, the entry that answers them, personal data, and danger. Pure.

pub mod aspects;
pub(crate) mod danger;
pub mod evaluation;
pub mod language;
pub mod matching;
pub mod redaction;
pub mod requests;
