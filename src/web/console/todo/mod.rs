//! The first page: what waits for somebody.

pub(in crate::web::console) mod board;
