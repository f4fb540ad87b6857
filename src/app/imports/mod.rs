//! Spreadsheets and folders that are brought in.

pub(in crate::app) mod import_pack;
pub(in crate::app) mod import_spreadsheet;
pub(in crate::app) mod progress;
