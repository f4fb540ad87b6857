//! Rate limit for messages, so that Telegram need not refuse any; obeys Telegram's own limits when it does.

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use tokio::time::sleep;

/// Refusals of different chats within this time mean that the bot's overall limit was exceeded.
const TOGETHER: Duration = Duration::from_secs(1);

/// The rate limit of all messages of this replica.
pub(in crate::telegram) struct Pace {
    limiter: RateLimiter<NotKeyed, InMemoryState, MonotonicClock, NoOpMiddleware<Instant>>,
    refused: Mutex<Refused>,
}

/// Recent refusals.
#[derive(Default)]
struct Refused {
    last: Option<(i64, Instant)>,
    hold: Option<Instant>,
}

impl Pace {
    /// At most `a_second` messages in any second.
    pub fn new(a_second: NonZeroU32) -> Pace {
        // In one second a token bucket passes its burst plus its refill; together they are the limit.
        let at_once = NonZeroU32::new(a_second.get() / 6).unwrap_or(NonZeroU32::MIN);
        let flow = NonZeroU32::new(a_second.get() - at_once.get()).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(flow).allow_burst(at_once);
        Pace { limiter: RateLimiter::direct_with_clock(quota, MonotonicClock), refused: Mutex::default() }
    }

    /// Waits until a message may be sent.
    pub async fn keep(&self) {
        while let Some(wait) = self.wait() {
            sleep(wait).await;
        }
    }

    fn wait(&self) -> Option<Duration> {
        let now = MonotonicClock.now();
        let hold = self.refused.lock().unwrap_or_else(PoisonError::into_inner).hold;
        if let Some(hold) = hold.filter(|hold| *hold > now) {
            return Some(hold - now);
        }
        self.limiter.check().err().map(|not_until| not_until.wait_time_from(now).max(Duration::from_millis(1)))
    }

    /// Records that Telegram refused a message to this chat. Each chat has its own limit, so only that chat waits; if
    /// several are refused, all wait.
    pub fn refused(&self, chat: i64, wait: Duration) {
        let now = MonotonicClock.now();
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.last.is_some_and(|(other, when)| other != chat && now - when < TOGETHER) {
            refused.hold = refused.hold.max(Some(now + wait));
        }
        refused.last = Some((chat, now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(a_second: u32) -> Pace {
        Pace::new(NonZeroU32::new(a_second).unwrap())
    }

    #[test]
    fn no_more_than_the_limit_goes_out_at_once() {
        for limit in [1, 2, 30, 1000] {
            let pace = pace(limit);
            let passed = (0..limit * 2).filter(|_| pace.wait().is_none()).count();
            assert!((1..=limit as usize).contains(&passed), "{limit}: {passed}");
        }
    }

    #[test]
    fn one_chat_that_is_refused_holds_up_no_other() {
        let pace = pace(1_000_000);
        pace.refused(1, Duration::from_secs(60));
        pace.refused(1, Duration::from_secs(60));
        assert_eq!(pace.wait(), None);
        pace.refused(2, Duration::from_secs(60));
        assert!(pace.wait().is_some_and(|wait| wait > Duration::from_secs(50)));
    }
}
