//! Imports of spreadsheets and folders into the database.

pub mod pack_items;
pub mod spreadsheets;
