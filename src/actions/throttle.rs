//! Throttling: how often somebody may try to sign in, by account and by address (GCRA, of the `governor` crate).

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::domain::refusal::Refusal;

/// Tries in a row with one name, and how long each takes to come back.
const BY_LOGIN: (NonZeroU32, Duration) = (NonZeroU32::new(8).unwrap(), Duration::from_secs(30));
/// Tries in a row from one address, which a whole town hall may share.
const BY_ADDRESS: (NonZeroU32, Duration) = (NonZeroU32::new(40).unwrap(), Duration::from_secs(5));
/// When so many names are remembered, those that have waited long enough are dropped.
const MANY: usize = 10_000;

type Limiter = RateLimiter<String, HashMapStateStore<String>, Clock, NoOpMiddleware<Duration>>;

/// Counts tries.
pub(super) struct Throttle {
    login: Limiter,
    address: Limiter,
    clock: Clock,
}

impl Throttle {
    pub fn new(clock: Clock) -> Throttle {
        let limiter = |(burst, every): (NonZeroU32, Duration)| {
            let quota = Quota::with_period(every).unwrap_or(Quota::per_minute(burst)).allow_burst(burst);
            RateLimiter::hashmap_with_clock(quota, clock.clone())
        };
        Throttle { login: limiter(BY_LOGIN), address: limiter(BY_ADDRESS), clock }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// Where it is one too many: how long to wait.
    pub fn attempt(&self, login: &str, address: &str) -> Result<(), Refusal> {
        for (limiter, key) in [(&self.address, address), (&self.login, login)] {
            if limiter.len() > MANY {
                limiter.retain_recent();
            }
            if let Err(not_until) = limiter.check_key(&key.to_owned()) {
                let wait = not_until.wait_time_from(Ticks::now(&self.clock));
                return Err(Refusal::TooMany(wait.as_secs().max(1)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn after_eight_tries_a_name_waits_and_others_do_not() {
        let clock = Clock::set(DateTime::UNIX_EPOCH);
        let throttle = Throttle::new(clock.clone());
        for _ in 0..8 {
            assert_eq!(throttle.attempt("marie", "::1"), Ok(()));
        }
        assert_eq!(throttle.attempt("marie", "::2"), Err(Refusal::TooMany(30)));
        assert_eq!(throttle.attempt("jean", "::1"), Ok(()));
        clock.advance(TimeDelta::seconds(30));
        assert_eq!(throttle.attempt("marie", "::1"), Ok(()));
    }

    #[test]
    fn after_forty_tries_an_address_waits_whatever_the_name() {
        let throttle = Throttle::new(Clock::set(DateTime::UNIX_EPOCH));
        for n in 0..40 {
            assert_eq!(throttle.attempt(&n.to_string(), "::1"), Ok(()));
        }
        assert!(throttle.attempt("another", "::1").is_err());
    }
}
