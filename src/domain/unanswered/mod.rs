//! Questions that found no answer.

pub mod group;
