//! Fullness: from so many messages that wait to be sent on, what Telegram has for us waits with Telegram.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many messages may wait: what Telegram takes in some seven minutes, and twenty megabytes.
pub const MOST: i64 = 10_000;
/// For so long what was found holds: counting costs the database something.
const FRESH: Duration = Duration::from_secs(1);

/// What was found the last time.
pub(in crate::app) struct Fullness {
    pub most: i64,
    last: Mutex<Option<(Instant, bool)>>,
}

impl Fullness {
    /// From so many on.
    pub fn from(most: i64) -> Fullness {
        Fullness { most, last: Mutex::default() }
    }

    /// Keeps what was found.
    pub fn found(&self, full: bool) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), full));
    }

    /// What was found; nothing where somebody has to look. Others go by what was found before while one looks.
    pub fn known(&self) -> Option<bool> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, full)) = last.filter(|(at, _)| at.elapsed() >= FRESH) {
            *last = Some((Instant::now(), full));
            return None;
        }
        last.map(|(_, full)| full)
    }
}
