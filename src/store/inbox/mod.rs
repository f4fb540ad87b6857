//! Questions left for a person, and subscriptions to answers.

pub mod questions;
pub mod subscriptions;
