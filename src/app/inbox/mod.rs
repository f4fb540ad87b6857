//! Questions that people left for a person.

pub(in crate::app) mod announce;
pub(in crate::app) mod notify_subscribers;
pub(in crate::app) mod questions;
