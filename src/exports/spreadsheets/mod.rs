//! Spreadsheets: entries, offices and notes as files that a clerk maintains; imports are treated as untrusted input.
//!
//! A spreadsheet is XLSX or CSV: a row of stable column names, a row that explains them in the reader's language, then
//! a row per entry and language, per office, or per note.

mod archive;
mod book;
mod cells;
mod check;
mod columns;
mod csv;
pub(in crate::exports) mod entries;
mod flaw;
mod formula_guard;
mod limits;
mod notes;
mod offices;
mod questions;
mod report;
mod sheet;
mod workbook;

use std::panic::catch_unwind;

use self::entries::entry_rows;
use self::notes::note_rows;
use self::offices::office_rows;
use crate::domain::content::Content;

pub use self::book::{Sheet, Value, write as write_book};
pub use self::check::{Known, Waiting, check};
pub use self::columns::{Column, Subject};
pub use self::csv::{csv_of, write as write_csv};
pub use self::flaw::{Flaw, Place};
pub use self::limits::{LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS};
pub use self::questions::{Labelled, read_questions};
pub use self::report::{Difference, Line, Proposal, Report, RowOutcome};
pub use self::sheet::{Cell, Row, Spreadsheet};
pub use self::workbook::write as write_xlsx;

/// Reads a spreadsheet of either format.
///
/// # Errors
/// A flaw of the file as a whole; flaws of single rows are found by [`check()`].
pub fn read(bytes: &[u8]) -> Result<Spreadsheet, Flaw> {
    const ZIP: &[u8] = b"PK\x03\x04";
    /// The container of old Excel files and of files with a password.
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    if bytes.len() > LARGEST_FILE {
        Err(Flaw::FileTooLarge)
    } else if bytes.starts_with(ZIP) {
        // A panic of the reader on a hostile file, for example on a number with too many digits, counts as a broken
        // file.
        catch_unwind(|| workbook::read(bytes)).unwrap_or(Err(Flaw::Broken))
    } else if bytes.starts_with(OLE) {
        Err(Flaw::OldFormat)
    } else {
        csv::read(bytes)
    }
}

/// All published content of a subject, as rows of texts in the order of its columns.
pub fn rows_of(content: &Content, subject: Subject) -> Vec<Vec<String>> {
    match subject {
        Subject::Entries => entry_rows(content),
        Subject::Offices => office_rows(content),
        Subject::Notes => note_rows(content),
    }
}
