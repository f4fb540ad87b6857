//! What was found out about readiness the last time: it holds for a moment.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::encryption::new_id;

/// Whether a message could be taken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It could, and this revision is published.
    Ready {
        /// The number of the revision.
        published: i64,
        /// How long the oldest message that is to be sent has waited; nothing where none waits.
        unsent: Option<Duration>,
        /// How many messages that are to be sent do not open with the key file.
        unreadable: i64,
    },
    /// Migrations of this program have not been made.
    OldSchema,
    /// The database does not answer, or not in time.
    NoDatabase,
    /// The database answers, but nothing can be written: the disk may be full.
    NoWrite,
}

/// What was found out the last time.
pub(in crate::app) struct Probing {
    /// By which the database knows this program's probe.
    pub name: String,
    pub last: Mutex<Last>,
}

#[derive(Default)]
pub(in crate::app) struct Last {
    pub answer: Option<(Readiness, Instant)>,
    pub written: Option<Instant>,
}

impl Default for Probing {
    fn default() -> Probing {
        Probing { name: new_id(), last: Mutex::default() }
    }
}
