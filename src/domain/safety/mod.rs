//! Kinds of danger.

pub mod danger;
