//! Redacted words: the only words of people that may be kept beyond a talk, with personal data taken out.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A person's words without personal data. Only `redaction` creates them; the store reads back what it wrote.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Redacted(String);

impl Redacted {
    /// Wraps words that are redacted already. Only `redaction` may call it; `tests/architecture.rs` checks that.
    pub(crate) fn of_redacted(words: String) -> Redacted {
        Redacted(words)
    }

    /// Wraps words from the database. Only `store` may call it; `tests/architecture.rs` checks that.
    pub fn from_store(words: String) -> Redacted {
        Redacted(words)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Prints no words: people's words never reach a log, redacted or not.
impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redacted(…)")
    }
}
