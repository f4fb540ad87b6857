//! Patterns by which a message is known to speak of danger.

pub(crate) mod clerk_patterns;
pub(crate) mod patterns;
