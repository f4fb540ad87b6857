//! The last heartbeat that this replica sent.

use chrono::{DateTime, Utc};

/// What a heartbeat reported.
#[derive(Debug, Clone)]
pub(in crate::app) struct Heartbeat {
    pub revision: i64,
    pub keys: String,
    pub at: DateTime<Utc>,
}
