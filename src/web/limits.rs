//! Limits: how often a session and an address may say something, so that nobody can talk for everybody.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

/// A person types a message in some seconds; who looks through buttons is quicker for a while.
const SESSION: (u32, u32) = (30, 20);
/// A library or a shelter has one address for all its visitors.
const ADDRESS: (u32, u32) = (300, 120);
/// From so many names on, those that have not been seen for a while are dropped.
const MANY: usize = 10_000;

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Clock, NoOpMiddleware<Duration>>;

/// Who may speak how often. Names and addresses are kept in memory only, for as long as they count.
pub(super) struct Limits {
    sessions: Limiter<String>,
    addresses: Limiter<IpAddr>,
    clock: Clock,
}

impl Limits {
    /// Limits by this clock.
    pub fn new(clock: Clock) -> Limits {
        Limits {
            sessions: RateLimiter::hashmap_with_clock(quota(SESSION), clock.clone()),
            addresses: RateLimiter::hashmap_with_clock(quota(ADDRESS), clock.clone()),
            clock,
        }
    }

    /// Whether this session at this address may speak now; otherwise how long it should wait.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn pass(&self, session: Option<&str>, address: Option<IpAddr>) -> Result<(), u64> {
        if let Some(address) = address {
            ask(&self.addresses, &self.clock, &neighbourhood(address))?;
        }
        session.map_or(Ok(()), |session| ask(&self.sessions, &self.clock, &session.to_owned()))
    }
}

fn ask<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, clock: &Clock, key: &K) -> Result<(), u64> {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|wait| wait.wait_time_from(governor::clock::Clock::now(clock)).as_secs() + 1)
}

/// So many a minute, and so many at once.
fn quota((a_minute, at_once): (u32, u32)) -> Quota {
    let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(number(a_minute)).allow_burst(number(at_once))
}

/// One household has more addresses of the sixth version than can be counted: the network counts.
pub(super) fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// Where a request comes from. Behind a proxy of our own, what it wrote last is true; what stands before may be invented.
pub(super) fn address(parts: &Parts, behind_proxy: bool) -> Option<IpAddr> {
    if behind_proxy {
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        return forwarded.rsplit(',').next()?.trim().parse().ok();
    }
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn who_speaks_too_often_waits_and_hinders_no_other() {
        let clock = Clock::set(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let limits = Limits::new(clock.clone());
        for _ in 0..SESSION.1 {
            limits.pass(Some("a"), None).unwrap();
        }
        let wait = limits.pass(Some("a"), None).unwrap_err();
        assert!((1..=60).contains(&wait), "{wait}");
        limits.pass(Some("b"), None).unwrap();
        clock.advance(TimeDelta::seconds(wait as i64));
        limits.pass(Some("a"), None).unwrap();
    }

    #[test]
    fn new_sessions_do_not_get_around_the_limit_of_their_address() {
        let limits = Limits::new(Clock::set(DateTime::UNIX_EPOCH));
        let at = |n: u32| Some(IpAddr::V6(Ipv6Addr::from_bits((0x2001_0db8 << 96) + u128::from(n))));
        let passed = (0..1000).filter(|n| limits.pass(Some(&n.to_string()), at(*n)).is_ok()).count();
        assert_eq!(passed, ADDRESS.1 as usize);
    }

    #[test]
    fn an_address_is_read_from_the_proxy_only_where_there_is_one() {
        let request = Request::builder().header("x-forwarded-for", "9.9.9.9, 10.0.0.7");
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 5))));
        assert_eq!(address(&parts, true), Some(IpAddr::from([10, 0, 0, 7])));
        assert_eq!(address(&parts, false), Some(IpAddr::from([127, 0, 0, 1])));
    }
}
