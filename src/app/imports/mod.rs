//! Imports of spreadsheets and of folders of content.

pub(in crate::app) mod import_pack;
pub(in crate::app) mod import_spreadsheet;
pub(in crate::app) mod progress;
