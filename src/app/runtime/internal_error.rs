//! Internal errors: failures that we have to fix, logged once, here, with a code that the person also sees.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::encryption::new_code;

/// A failure on our side; it is logged.
#[derive(Debug, Clone)]
pub struct InternalError {
    code: String,
}

impl InternalError {
    /// Logs a failure. `error` must not hold words, names or addresses of people.
    pub fn new(doing: &'static str, error: impl fmt::Display) -> InternalError {
        let code = new_code();
        tracing::error!(code, doing, %error, "fault");
        InternalError { code }
    }

    /// The same for retried work whose code nobody sees: a failure that lasts is logged once a minute.
    pub(in crate::app) fn again(lasting: &Lasting, doing: &'static str, error: impl fmt::Display) -> InternalError {
        if lasting.is_time(doing) {
            return InternalError::new(doing, error);
        }
        InternalError { code: new_code() }
    }

    /// The code that is in the log and is shown to the person.
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// How often a lasting failure is logged: the log may be on the disk that is full.
const LINE: Duration = Duration::from_secs(60);

/// When each lasting failure was last logged: at once, and then once a minute.
#[derive(Debug, Default)]
pub struct Lasting(Mutex<BTreeMap<&'static str, Instant>>);

impl Lasting {
    /// Whether this failure is to be logged now.
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
