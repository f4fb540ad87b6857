//! Spreadsheets and folders on their way into the database.

pub mod pack_items;
pub mod spreadsheets;
