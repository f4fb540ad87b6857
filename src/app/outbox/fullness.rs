//! Remembers for a second whether the outbox is full, so that messages are not counted for every update.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many messages the outbox may hold: what Telegram takes in about seven minutes, and about twenty megabytes.
pub const MOST: i64 = 10_000;
/// How long a result is used: counting costs the database something.
const FRESH: Duration = Duration::from_secs(1);

/// The limit and the last result.
pub(in crate::app) struct Fullness {
    pub most: i64,
    last: Mutex<Option<(Instant, bool)>>,
}

impl Fullness {
    /// Full from this number of messages on.
    pub fn from(most: i64) -> Fullness {
        Fullness { most, last: Mutex::default() }
    }

    /// Keeps a result.
    pub fn found(&self, full: bool) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), full));
    }

    /// The last result, or nothing if the caller has to count; while one counts, the others get the older result.
    pub fn known(&self) -> Option<bool> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, full)) = last.filter(|(at, _)| at.elapsed() >= FRESH) {
            *last = Some((Instant::now(), full));
            return None;
        }
        last.map(|(_, full)| full)
    }
}
