//! Spreadsheets and folders on their way into the database.

pub mod batches;
pub mod pack_items;
