//! Rate limits: how often a session and an address may send messages, so that nobody can block the chat for others.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Once;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

/// Per minute, and burst: typing a message takes seconds, browsing by buttons is faster for a while.
const SESSION: (u32, u32) = (30, 20);
/// Per minute, and burst: a library or a shelter has one address for all its visitors.
const ADDRESS: (u32, u32) = (300, 120);
/// Above this number of keys, keys with a full quota are dropped.
const MANY: usize = 10_000;

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Clock, NoOpMiddleware<Duration>>;

/// The rate limits. Keys are kept in memory only, for as long as they count.
pub(super) struct Limits {
    sessions: Limiter<String>,
    addresses: Limiter<IpAddr>,
    clock: Clock,
}

impl Limits {
    /// Rate limits that use this clock.
    pub fn new(clock: Clock) -> Limits {
        Limits {
            sessions: RateLimiter::hashmap_with_clock(quota(SESSION), clock.clone()),
            addresses: RateLimiter::hashmap_with_clock(quota(ADDRESS), clock.clone()),
            clock,
        }
    }

    /// Counts an input of this session and address against the limits.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn pass(&self, session: Option<&str>, address: IpAddr) -> Result<(), u64> {
        ask(&self.addresses, &self.clock, &neighbourhood(address))?;
        session.map_or(Ok(()), |session| ask(&self.sessions, &self.clock, &session.to_owned()))
    }
}

fn ask<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, clock: &Clock, key: &K) -> Result<(), u64> {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|wait| wait.wait_time_from(governor::clock::Clock::now(clock)).as_secs() + 1)
}

/// A quota per minute with a burst.
fn quota((a_minute, at_once): (u32, u32)) -> Quota {
    let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(number(a_minute)).allow_burst(number(at_once))
}

/// The key of an address: a household has countless IPv6 addresses, so its /64 network counts.
pub(super) fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// Stands for every address that cannot be read: those visitors share one limit.
const UNREADABLE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The client's address. Behind our own proxy the last `X-Forwarded-For` entry counts; earlier ones can be forged.
pub(super) fn address(parts: &Parts, behind_proxy: bool) -> IpAddr {
    let known = if behind_proxy {
        forwarded(&parts.headers)
    } else {
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
    };
    if known.is_none() && behind_proxy {
        TOLD.call_once(|| {
            tracing::warn!("behind_proxy is set, and X-Forwarded-For is missing or holds no address: all who come so share one limit");
        });
    }
    known.map_or(UNREADABLE, |address| address.to_canonical())
}

/// Logs a missing or unreadable `X-Forwarded-For` once, not with every request.
static TOLD: Once = Once::new();

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for");
    read_address(lines.iter().next_back()?.to_str().ok()?.rsplit(',').next()?)
}

/// Parses an address as proxies write it: with a port, in brackets, in quotes, with a zone, or alone.
fn read_address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let alone = |text: &str| text.split('%').next().and_then(|text| text.parse().ok());
    let bracketed = || text.strip_prefix('[')?.split(']').next().and_then(alone);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    alone(text).or_else(with_port).or_else(bracketed)
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
            limits.pass(Some("a"), UNREADABLE).unwrap();
        }
        let wait = limits.pass(Some("a"), UNREADABLE).unwrap_err();
        assert!((1..=60).contains(&wait), "{wait}");
        limits.pass(Some("b"), UNREADABLE).unwrap();
        clock.advance(TimeDelta::seconds(wait as i64));
        limits.pass(Some("a"), UNREADABLE).unwrap();
    }

    #[test]
    fn new_sessions_do_not_get_around_the_limit_of_their_address() {
        let limits = Limits::new(Clock::set(DateTime::UNIX_EPOCH));
        let at = |n: u32| IpAddr::V6(Ipv6Addr::from_bits((0x2001_0db8 << 96) + u128::from(n)));
        let passed = (0..1000).filter(|n| limits.pass(Some(&n.to_string()), at(*n)).is_ok()).count();
        assert_eq!(passed, ADDRESS.1 as usize);
    }

    #[test]
    fn an_address_is_read_from_the_proxy_only_where_there_is_one() {
        let request = Request::builder().header("x-forwarded-for", "9.9.9.9, 10.0.0.7");
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 5))));
        assert_eq!(address(&parts, true), IpAddr::from([10, 0, 0, 7]));
        assert_eq!(address(&parts, false), IpAddr::from([127, 0, 0, 1]));
    }

    #[test]
    fn what_real_proxies_write_is_read_and_what_cannot_be_read_counts_as_one_address() {
        let at = |header: Option<&str>| {
            let request = Request::builder();
            let request = match header {
                Some(header) => request.header("x-forwarded-for", header),
                None => request,
            };
            address(&request.body(()).unwrap().into_parts().0, true)
        };
        let four: IpAddr = [203, 0, 113, 7].into();
        for written in [
            "203.0.113.7",
            "203.0.113.7:41234",
            "::ffff:203.0.113.7",
            "[::ffff:203.0.113.7]:9",
            " \"203.0.113.7\" ",
            "x, 203.0.113.7:1",
        ] {
            assert_eq!(at(Some(written)), four, "{written}");
        }
        let six: IpAddr = "2001:db8::7".parse().unwrap();
        for written in ["2001:db8::7", "[2001:db8::7]", "[2001:db8::7]:443", "2001:db8::7%eth0", "[2001:db8::7%eth0]:1"]
        {
            assert_eq!(at(Some(written)), six, "{written}");
        }
        for unreadable in [None, Some(""), Some("unknown"), Some("_hidden"), Some("203.0.113.7, "), Some("203.0.113")] {
            let shared = at(unreadable);
            assert_eq!(shared, UNREADABLE, "{unreadable:?}");
        }
        let limits = Limits::new(Clock::set(DateTime::UNIX_EPOCH));
        let headers = |n: usize| at([None, Some("unknown"), Some("x"), Some("")][n % 4]);
        assert_eq!((0..1000).filter(|n| limits.pass(None, headers(*n)).is_ok()).count(), ADDRESS.1 as usize);
    }

    #[test]
    fn people_of_the_fourth_version_do_not_share_an_address_because_of_how_it_is_written() {
        let network = |text: &str| neighbourhood(text.parse::<IpAddr>().unwrap());
        assert_ne!(network("::ffff:203.0.113.7"), network("::ffff:203.0.113.8"));
        assert_eq!(network("2001:db8::7"), network("2001:db8::8"));
    }
}
