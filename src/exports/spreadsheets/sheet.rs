//! A sheet as read from either format: cells by column, with the location of each.

use serde::{Deserialize, Serialize};

use super::columns::{Column, Subject};
use super::flaw::{Flaw, Place};
use super::formula_guard;
use super::limits::{LONGEST_CELL, MOST_COLUMNS, MOST_ROWS};
use crate::domain::text::plain;

/// First character of a row that is a comment for people.
pub(super) const COMMENT: char = '#';

/// The value of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// An empty cell.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A date, a duration or an error.
    Other,
}

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The number of the row as the spreadsheet program shows it: the first row is 1.
    pub row: u32,
    /// By column index; cells missing at the end are empty.
    pub cells: Vec<Cell>,
}

/// A spreadsheet with a valid header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spreadsheet {
    /// The subject of the rows.
    pub subject: Subject,
    /// The sheet's name.
    pub sheet: String,
    /// The columns in the order of the header.
    pub columns: Vec<Column>,
    /// The rows below the header, without empty rows and comments.
    pub rows: Vec<Row>,
}

impl Cell {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Number(_) | Cell::Bool(_) | Cell::Other => false,
        }
    }
}

impl Row {
    fn is_for_us(&self) -> bool {
        let comment = matches!(self.cells.first(), Some(Cell::Text(text)) if text.trim_start().starts_with(COMMENT));
        !comment && !self.cells.iter().all(Cell::is_empty)
    }
}

impl Spreadsheet {
    /// Makes a spreadsheet of rows as they were read; the first row that is not empty or a comment is the header.
    pub(super) fn of(sheet: &str, rows: Vec<Row>) -> Result<Spreadsheet, Flaw> {
        let mut rows = rows.into_iter().filter(Row::is_for_us);
        let header = rows.next().ok_or(Flaw::NoRows)?;
        let columns = columns(sheet, &header)?;
        let subject = subject(&columns)?;
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() {
            return Err(Flaw::NoRows);
        }
        Ok(Spreadsheet { subject, sheet: sheet.to_owned(), columns, rows })
    }

    /// The cells of a row in this column: more than one if phrasings continue.
    pub(super) fn cells<'t>(&'t self, row: &'t Row, column: Column) -> impl Iterator<Item = &'t Cell> {
        const EMPTY: &Cell = &Cell::Empty;
        let places = self.columns.iter().enumerate().filter(move |(_, of)| **of == column);
        places.map(move |(place, _)| row.cells.get(place).unwrap_or(EMPTY))
    }
}

fn columns(sheet: &str, header: &Row) -> Result<Vec<Column>, Flaw> {
    let last = header.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let names = header.cells[..last].iter().map(|cell| match cell {
        Cell::Text(name) => name.trim(),
        Cell::Empty | Cell::Number(_) | Cell::Bool(_) | Cell::Other => "",
    });
    let names: Vec<&str> = names.collect();
    // A header without any of our columns is no header; naming its first column as the flaw would mislead.
    if !names.iter().any(|name| Column::parse(name).is_some()) {
        return Err(Flaw::NoHeader);
    }
    let mut columns = Vec::new();
    for (place, name) in names.into_iter().enumerate() {
        let at = || Place { sheet: sheet.to_owned(), row: header.row, column: letters(place) };
        let shown = || name.chars().take(40).collect();
        let column = Column::parse(name).ok_or_else(|| Flaw::UnknownColumn(at(), shown()))?;
        if column != Column::Phrasings && columns.contains(&column) {
            return Err(Flaw::ColumnTwice(at(), shown()));
        }
        columns.push(column);
    }
    Ok(columns)
}

fn subject(columns: &[Column]) -> Result<Subject, Flaw> {
    let hits = |subject: &Subject| columns.iter().filter(|column| subject.columns().contains(column)).count();
    let subject = Subject::ALL.into_iter().max_by_key(hits).ok_or(Flaw::NoHeader)?;
    let missing = subject.columns().iter().find(|column| !column.is_optional() && !columns.contains(column));
    match missing {
        Some(column) => Err(Flaw::NoColumn(column.name().to_owned())),
        None => Ok(subject),
    }
}

/// A column's letters, as spreadsheets show them: A, B, … Z, AA.
pub(super) fn letters(place: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    if place < 26 { letter(place).to_string() } else { format!("{}{}", letters(place / 26 - 1), letter(place)) }
}

/// Collects rows while a file is read, and enforces every limit.
pub(super) struct Rows {
    sheet: String,
    rows: Vec<Row>,
    bytes: usize,
}

impl Rows {
    /// Most bytes of all cells together.
    const MOST_BYTES: usize = 64 * 1024 * 1024;
    /// Most rows, including the header and comments.
    const MOST: usize = MOST_ROWS + 16;

    /// The number of rows that spreadsheet programs support: a file with a higher row number is broken.
    const LAST: u32 = 1_048_576;

    pub fn new(sheet: &str) -> Rows {
        Rows { sheet: sheet.chars().take(60).collect(), rows: Vec::new(), bytes: 0 }
    }

    /// Adds a cell; row and column count from 0. Cells come row by row.
    pub fn put(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), Flaw> {
        let cell = self.taken(row, column, cell)?;
        if matches!(cell, Cell::Empty) {
            return Ok(());
        }
        if row >= Rows::LAST {
            return Err(Flaw::Broken);
        }
        if column >= MOST_COLUMNS {
            return Err(Flaw::TooManyColumns);
        }
        if self.rows.last().is_none_or(|last| last.row != row + 1) {
            if self.rows.len() >= Rows::MOST {
                return Err(Flaw::TooManyRows);
            }
            self.rows.push(Row { row: row + 1, cells: Vec::new() });
        }
        if let Some(last) = self.rows.last_mut() {
            last.cells.resize(last.cells.len().max(column + 1), Cell::Empty);
            last.cells[column] = cell;
        }
        Ok(())
    }

    fn taken(&mut self, row: u32, column: usize, cell: Cell) -> Result<Cell, Flaw> {
        let Cell::Text(text) = cell else { return Ok(cell) };
        let place = || Place { sheet: self.sheet.clone(), row: row.saturating_add(1), column: letters(column) };
        let text = plain::lines(formula_guard::undo(&text));
        if text.chars().count() > LONGEST_CELL {
            return Err(Flaw::CellTooLong(place()));
        }
        self.bytes += text.len();
        if self.bytes > Rows::MOST_BYTES {
            return Err(Flaw::UnpackedTooLarge);
        }
        Ok(if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
    }

    pub fn table(self) -> Result<Spreadsheet, Flaw> {
        Spreadsheet::of(&self.sheet, self.rows)
            .and_then(|table| if table.rows.len() > MOST_ROWS { Err(Flaw::TooManyRows) } else { Ok(table) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&[&str]]) -> Result<Spreadsheet, Flaw> {
        let mut rows = Rows::new("s");
        for (row, line) in lines.iter().enumerate() {
            for (column, text) in line.iter().enumerate() {
                rows.put(row as u32, column, Cell::Text((*text).to_owned()))?;
            }
        }
        rows.table()
    }

    const HEADER: [&str; 10] =
        ["Key", "topic", "LANGUAGE", "question", "answer", "change", "service", "sources", "related", "phrasings"];

    #[test]
    fn a_header_is_found_below_empty_rows_and_comments_are_skipped() {
        let table = rows(&[&[], &HEADER, &["# about"], &["a/b"], &["", " "]]).unwrap();
        assert_eq!((table.subject, table.rows.len(), table.rows[0].row), (Subject::Entries, 1, 4));
    }

    #[test]
    fn a_header_that_is_not_ours_says_what_is_wrong() {
        fn with(name: &str) -> Vec<&str> {
            [HEADER.as_slice(), &[name]].concat()
        }
        assert_eq!(rows(&[&["a", "b"], &["x"]]), Err(Flaw::NoHeader));
        assert!(matches!(rows(&[&with("anser"), &["x"]]), Err(Flaw::UnknownColumn(place, _)) if place.column == "K"));
        assert!(matches!(rows(&[&with("answer"), &["x"]]), Err(Flaw::ColumnTwice(..))));
        assert_eq!(rows(&[&HEADER[..9], &["x"]]), Err(Flaw::NoColumn("phrasings".into())));
        assert_eq!(rows(&[&HEADER]), Err(Flaw::NoRows));
        assert!(rows(&[&with("phrasings 2"), &["x"]]).is_ok());
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        assert_eq!([0, 25, 26, 51, 52].map(letters), ["A", "Z", "AA", "AZ", "BA"]);
    }

    #[test]
    fn a_cell_too_long_is_refused_with_its_place() {
        let long = "é".repeat(LONGEST_CELL + 1);
        assert!(
            matches!(rows(&[&HEADER, &["", &long]]), Err(Flaw::CellTooLong(place)) if place.column == "B" && place.row == 2)
        );
    }

    #[test]
    fn a_cell_loses_control_characters_as_a_form_does() {
        let table = rows(&[&HEADER, &["a\u{1b}/b", "", "", "one\u{b}two\r\nthree\u{2028}four"]]).unwrap();
        assert_eq!(table.rows[0].cells[0], Cell::Text("a/b".to_owned()));
        assert_eq!(table.rows[0].cells[3], Cell::Text("one\ntwo\nthree\nfour".to_owned()));
    }
}
