//! Kinds of danger in which a line of help comes first.

pub mod danger;
