//! The page of signs of danger and lines of help.

pub(in crate::web::console) mod danger;
