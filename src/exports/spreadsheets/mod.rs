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

/// Everything that is published about a subject, as rows of texts in the order of its columns.
pub fn rows_of(content: &Content, subject: Subject) -> Vec<Vec<String>> {
    match subject {
        Subject::Entries => entry_rows(content),
        Subject::Offices => office_rows(content),
        Subject::Notes => note_rows(content),
    }
}
