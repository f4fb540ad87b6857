//! Pages about spreadsheets: downloads and imports.

pub(in crate::web::console) mod download;
pub(in crate::web::console) mod import;
pub(in crate::web::console) mod spreadsheets;
pub(in crate::web::console) mod upload;
