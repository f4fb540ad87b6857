//! What this replica said of itself last.

use chrono::{DateTime, Utc};

/// What a heartbeat said.
#[derive(Debug, Clone)]
pub(in crate::app) struct Heartbeat {
    pub revision: i64,
    pub keys: String,
    pub at: DateTime<Utc>,
}
