//! Phrasings: messages as people write them, from which matching learns.

use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// An example of a message, with the entry that answers it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrasing {
    /// The entry; `None` for a message that no entry answers.
    pub entry: Option<EntryKey>,
    /// Its language.
    pub lang: Lang,
    /// The message.
    pub text: String,
}
