//! Faults: what we must fix. Logged once, here, with a code that the person also sees.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::encryption::new_code;

/// Something went wrong on our side; it has been logged.
#[derive(Debug, Clone)]
pub struct InternalError {
    code: String,
}

impl InternalError {
    /// Logs what went wrong. `error` must not hold words, names or addresses of people.
    pub fn new(doing: &'static str, error: impl fmt::Display) -> InternalError {
        let code = new_code();
        tracing::error!(code, doing, %error, "fault");
        InternalError { code }
    }

    /// The same for what is tried again and again where nobody sees the code: while the trouble lasts it is logged once a minute.
    pub(in crate::app) fn again(lasting: &Lasting, doing: &'static str, error: impl fmt::Display) -> InternalError {
        if lasting.is_time(doing) {
            return InternalError::new(doing, error);
        }
        InternalError { code: new_code() }
    }

    /// The code that stands in the log and before the person.
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// A trouble that lasts is said so often: the log may be on the disk that is full.
const LINE: Duration = Duration::from_secs(60);

/// What was said of troubles that last, and when: each is said at once, and then once a minute.
#[derive(Debug, Default)]
pub struct Lasting(Mutex<BTreeMap<&'static str, Instant>>);

impl Lasting {
    /// Whether this trouble is to be said now.
    pub fn is_time(&self, what: &'static str) -> bool {
        self.is_time_at(what, Instant::now())
    }

    fn is_time_at(&self, what: &'static str, now: Instant) -> bool {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if said.get(what).is_some_and(|last| now.duration_since(*last) < LINE) {
            return false;
        }
        said.insert(what, now);
        true
    }
}

impl fmt::Display for InternalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fault {}", self.code)
    }
}

impl std::error::Error for InternalError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_that_lasts_is_said_at_once_and_then_each_minute_and_each_for_itself() {
        let (lasting, begun) = (Lasting::default(), Instant::now());
        let said = |what| (0..180).filter(|n| lasting.is_time_at(what, begun + Duration::from_secs(*n))).count();
        assert_eq!((said("write"), said("read the key file")), (3, 3));
    }
}
