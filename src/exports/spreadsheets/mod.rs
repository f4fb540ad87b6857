//! Tables: entries, offices and notes as spreadsheets that a clerk keeps, written with care and read with suspicion.
//!
//! A table is XLSX or CSV: a row of stable column names, a row that explains them in the reader's language, and then a row for
//! each entry and language, for each office, or for each note.

mod archive;
mod book;
mod cells;
mod check;
mod columns;
mod csv;
pub(in crate::exports) mod entries;
mod flaw;
mod formula_guard;
mod notes;
mod offices;
mod questions;
mod report;
mod sheet;
mod workbook;

use std::panic::catch_unwind;

pub use self::book::{Sheet, Value, write as write_book};
pub use self::check::{Known, Waiting, check};
pub use self::columns::{Column, Subject};
pub use self::csv::{csv_of, write as write_csv};
pub use self::flaw::{Flaw, Place};
pub use self::questions::{Labelled, read_questions};
pub use self::report::{Difference, Line, Proposal, Report, RowOutcome};
pub use self::sheet::{Cell, Row, Spreadsheet, rows_of};
pub use self::workbook::write as write_xlsx;

/// Largest file in bytes: 10,000 rows with their phrasings, with room.
pub const LARGEST_FILE: usize = 24 * 1024 * 1024;
/// Most rows below the header.
pub const MOST_ROWS: usize = 10_000;
/// Most columns.
pub const MOST_COLUMNS: usize = 64;
/// Longest cell in characters: what Excel keeps.
pub const LONGEST_CELL: usize = 32_767;

/// Reads a table of either format from the bytes of a file.
///
/// # Errors
/// What is wrong with the file as a whole; what is wrong with single rows is said by [`check()`].
pub fn read(bytes: &[u8]) -> Result<Spreadsheet, Flaw> {
    const ZIP: &[u8] = b"PK\x03\x04";
    /// The container of old Excel files and of those with a password.
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    if bytes.len() > LARGEST_FILE {
        Err(Flaw::FileTooLarge)
    } else if bytes.starts_with(ZIP) {
        // A reader that stumbles over a hostile file, as over a number with too many digits, has read a broken one.
        catch_unwind(|| workbook::read(bytes)).unwrap_or(Err(Flaw::Broken))
    } else if bytes.starts_with(OLE) {
        Err(Flaw::OldFormat)
    } else {
        csv::read(bytes)
    }
}
