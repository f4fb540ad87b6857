//! What is counted about turns, and the days that statistics are about.

pub mod event;
pub mod feedback;
pub mod period;
