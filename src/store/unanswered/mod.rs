//! Questions that found no answer.

pub mod groups;
pub mod recording;
