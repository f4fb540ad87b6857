//! Patterns that recognise messages about danger.

pub(crate) mod clerk_patterns;
pub(crate) mod patterns;
