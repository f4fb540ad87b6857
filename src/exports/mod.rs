//! Exports of data as files: spreadsheets, open data, statistics.

mod hsds;
mod open_data;
pub mod spreadsheets;
pub mod statistics;

pub use self::open_data::open_data;
