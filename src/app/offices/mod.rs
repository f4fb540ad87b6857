//! Offices and municipalities.

pub(in crate::app) mod edit_municipality;
pub(in crate::app) mod new_office;
