//! Signs of danger and lines of help.

pub(in crate::app) mod edit_danger;
