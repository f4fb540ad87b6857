//! The last result of the readiness probe, which is reused for a moment.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::encryption::new_id;

/// Whether the program can take a message now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It can.
    Ready {
        /// Number of the published revision.
        published: i64,
        /// Age of the oldest outbox message; `None` where the outbox is empty.
        unsent: Option<Duration>,
        /// Outbox messages that cannot be decrypted with the key file.
        unreadable: i64,
    },
    /// Migrations of this program are missing.
    OldSchema,
    /// The database does not answer, or not in time.
    NoDatabase,
    /// The database answers, but cannot be written: the disk may be full.
    NoWrite,
}

/// The last result of the probe.
pub(in crate::app) struct Probing {
    /// Name of this program's row in the table of probes.
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
