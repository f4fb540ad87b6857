//! Recognises messages about danger: by patterns, and by a detector that is learned.

pub(crate) mod clerk_patterns;
pub(crate) mod learned;
pub(crate) mod patterns;
