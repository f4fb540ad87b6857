//! Daily counters: written with each turn, added up for a period.

pub mod events;
pub mod sums;
