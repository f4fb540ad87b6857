//! The clock: the only code that reads the machine's time, so that tests can set it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// The source of the time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that changes only by `advance`; seconds since 1970.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock set to `now`.
    pub fn set(now: DateTime<Utc>) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// The current time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Set(seconds) => {
                DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// Moves a set clock forward; does nothing to the system clock.
    pub fn advance(&self, by: TimeDelta) {
        match self {
            Clock::System => {}
            Clock::Set(seconds) => {
                seconds.fetch_add(by.num_seconds(), Ordering::SeqCst);
            }
        }
    }
}

/// The zero of the rate limiter's monotonic time; any moment works.
static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Rate limits use monotonic time: with the wall clock, setting the machine's clock back would make people wait until
/// it has caught up.
impl governor::clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        match self {
            Clock::System => BEGUN.elapsed(),
            Clock::Set(_) => Duration::from_millis(Clock::now(self).timestamp_millis().unsigned_abs()),
        }
    }
}
