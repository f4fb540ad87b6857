//! The time: the only place that asks the machine for it, so that tests can set it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved; seconds since 1970.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn set(now: DateTime<Utc>) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// The time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Set(seconds) => {
                DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// Moves a clock that was set; the machine's own is left alone.
    pub fn advance(&self, by: TimeDelta) {
        match self {
            Clock::System => {}
            Clock::Set(seconds) => {
                seconds.fetch_add(by.num_seconds(), Ordering::SeqCst);
            }
        }
    }
}

/// From where limits count: any moment will do.
static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// What limits how often something may be done counts time as it passes: a machine whose clock is set back must not make
/// people wait until it has caught up.
impl governor::clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        match self {
            Clock::System => BEGUN.elapsed(),
            Clock::Set(_) => Duration::from_millis(Clock::now(self).timestamp_millis().unsigned_abs()),
        }
    }
}
