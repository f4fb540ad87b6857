//! The first page of the console: open work.

pub(in crate::web::console) mod board;
