//! Questions that people left for a person, and who wants to be told of an answer.

pub mod questions;
pub mod subscriptions;
