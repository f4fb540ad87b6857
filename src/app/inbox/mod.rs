//! The inbox: questions that people left for staff, and subscriptions.

pub(in crate::app) mod announce;
pub(in crate::app) mod notify_subscribers;
pub(in crate::app) mod questions;
