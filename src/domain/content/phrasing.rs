//! Phrasings: messages as people write them, from which matching learns.

use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// A message and the entry that answers it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrasing {
    /// The entry, or `None` for what we have no answer to.
    pub entry: Option<EntryKey>,
    /// The language it is in.
    pub lang: Lang,
    /// The message.
    pub text: String,
}
