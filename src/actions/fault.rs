//! Faults: what we must fix. Logged once, here, with a code that the person also sees.

use std::fmt;

use crate::sealing::new_code;

/// Something went wrong on our side; it has been logged.
#[derive(Debug, Clone)]
pub struct Fault {
    code: String,
}

impl Fault {
    /// Logs what went wrong. `error` must not hold words, names or addresses of people.
    pub fn new(doing: &'static str, error: impl fmt::Display) -> Fault {
        let code = new_code();
        tracing::error!(code, doing, %error, "fault");
        Fault { code }
    }

    /// The code that stands in the log and before the person.
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fault {}", self.code)
    }
}

impl std::error::Error for Fault {}
