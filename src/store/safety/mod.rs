//! What the municipality has changed about words of danger and lines of help.

pub mod danger;
