//! Public pages without a session, and the pages for monitoring.

pub(in crate::web) mod health;
pub(in crate::web) mod metrics;
pub(in crate::web) mod statistics;
