//! Unanswered words: grouped, and closed by staff.

pub(in crate::app) mod close;
pub(in crate::app) mod grouping;
