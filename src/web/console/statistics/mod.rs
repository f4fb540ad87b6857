//! The pages of the dashboard and the monthly report.

pub(in crate::web::console) mod report;
pub(in crate::web::console) mod stats;
