//! Text that people and staff write: languages, keys, formatted text, telephone numbers, redacted words.

pub mod diff;
pub mod id;
pub mod lang;
pub mod phone;
pub mod plain;
pub mod readability;
pub mod redacted;
pub mod rich;
pub mod spelling;
