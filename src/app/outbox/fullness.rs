//! Fullness: from so many messages that wait to be sent on, what Telegram has for us waits with Telegram.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::app::runtime::app::App;
use crate::store::outbox;

/// How many messages may wait: what Telegram takes in some seven minutes, and twenty megabytes.
pub const MOST: i64 = 10_000;
/// For so long what was found holds: counting costs the database something.
const FRESH: Duration = Duration::from_secs(1);

/// What was found the last time.
pub(in crate::app) struct Fullness {
    most: i64,
    last: Mutex<Option<(Instant, bool)>>,
}

impl Fullness {
    /// From so many on.
    pub fn from(most: i64) -> Fullness {
        Fullness { most, last: Mutex::default() }
    }

    /// What was found; nothing where somebody has to look. Others go by what was found before while one looks.
    fn known(&self) -> Option<bool> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, full)) = last.filter(|(at, _)| at.elapsed() >= FRESH) {
            *last = Some((Instant::now(), full));
            return None;
        }
        last.map(|(_, full)| full)
    }
}

/// Whether so much waits to be sent that nothing more is to be taken that can wait elsewhere.
pub async fn is_full(app: &App) -> bool {
    let fullness = &app.fullness;
    if let Some(full) = fullness.known() {
        return full;
    }
    // Where the database does not answer, whatever is to be taken meets the same.
    let full = outbox::holds(&app.db, fullness.most).await.unwrap_or(false);
    if app.telegram.is_full(full) && full {
        tracing::warn!(most = fullness.most, "so many messages wait to be sent that updates are left with Telegram");
    }
    *fullness.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), full));
    full
}
