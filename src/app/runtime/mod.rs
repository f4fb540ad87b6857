//! What all use cases share: the state opened at the start, group commit, locks, errors.

pub(in crate::app) mod app;
pub(in crate::app) mod app_error;
pub(in crate::app) mod batcher;
pub(in crate::app) mod chat_locks;
pub(in crate::app) mod heartbeat_sent;
pub(in crate::app) mod internal_error;
pub(in crate::app) mod listener;
pub mod live;
