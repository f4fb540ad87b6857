//! Questions that found no answer: grouped, and closed by staff.

pub(in crate::app) mod close;
pub(in crate::app) mod grouping;
