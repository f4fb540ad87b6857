//! Statistics: events and votes that are counted, and the periods of reports.

pub mod event;
pub mod feedback;
pub mod period;
