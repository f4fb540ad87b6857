//! Words out of which what is personal has been taken; only these may be kept beyond a talk.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Words of a person without what is personal. Only `redaction` makes them, and the store reads back what it once made.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Redacted(String);

impl Redacted {
    /// Words that have been redacted already. Called by `redaction` alone; `tests/architecture.rs` sees to that.
    pub(crate) fn of_redacted(words: String) -> Redacted {
        Redacted(words)
    }

    /// Words as they were kept. Called by `store` alone; `tests/architecture.rs` sees to that.
    pub fn from_store(words: String) -> Redacted {
        Redacted(words)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What people wrote never reaches a log, redacted or not.
impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redacted(…)")
    }
}
