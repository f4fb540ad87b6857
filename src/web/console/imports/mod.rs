//! Pages of spreadsheets: downloads, and files that are brought in.

pub(in crate::web::console) mod download;
pub(in crate::web::console) mod import;
pub(in crate::web::console) mod spreadsheets;
pub(in crate::web::console) mod upload;
