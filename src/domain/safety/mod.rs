//! Kinds of danger, and the words by which they are recognized.

pub mod danger;
