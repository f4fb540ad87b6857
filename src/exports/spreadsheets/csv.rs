//! CSV: UTF-8 with a byte order mark, so that Excel reads the accents; separated by semicolons or commas.

use csv::{QuoteStyle, ReaderBuilder, StringRecord, WriterBuilder};

use super::columns::{Column, Subject};
use super::flaw::Flaw;
use super::formula_guard;
use super::sheet::{COMMENT, Cell, Rows, Spreadsheet};
use crate::domain::text::lang::Lang;
use crate::i18n::say;

/// The byte order mark by which Excel recognises UTF-8.
const MARK: &str = "\u{FEFF}";
/// Separators of cells; in a tie the first one wins.
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];

/// Writes rows as CSV; the second row explains the columns.
///
/// # Errors
/// Only if memory runs out.
pub fn write(subject: Subject, lang: Lang, rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(subject.columns().len());
    let mut out = WriterBuilder::new()
        .delimiter(b';')
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(MARK.as_bytes().to_vec());
    out.write_record(header(subject, width))?;
    out.write_record(explained(subject, lang))?;
    for row in rows {
        out.write_record(row.iter().map(|text| formula_guard::for_plain(text)))?;
    }
    out.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Writes the rows of any table as CSV; the first one is the header.
///
/// # Errors
/// Only if memory runs out.
pub fn csv_of(rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut out = WriterBuilder::new().delimiter(b';').from_writer(MARK.as_bytes().to_vec());
    for row in rows {
        out.write_record(row.iter().map(|text| formula_guard::for_plain(text)))?;
    }
    out.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// The names of the columns; the phrasings column is repeated if a row has more cells.
pub(super) fn header(subject: Subject, width: usize) -> Vec<String> {
    let names = subject.columns().iter().map(|column| column.name().to_owned());
    let more = (2..).map(|n| format!("{} {n}", Column::Phrasings.name()));
    names.chain(more).take(width).collect()
}

/// The row that explains the columns.
pub(super) fn explained(subject: Subject, lang: Lang) -> Vec<String> {
    let mut cells: Vec<String> = subject.columns().iter().map(|column| say(lang, &column.about())).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, &format!("{COMMENT} "));
    }
    cells
}

pub(super) fn read(bytes: &[u8]) -> Result<Spreadsheet, Flaw> {
    let text = std::str::from_utf8(bytes).map_err(|_| Flaw::Encoding)?;
    let text = text.strip_prefix(MARK).unwrap_or(text);
    if text.contains('\0') {
        return Err(Flaw::Broken);
    }
    let (said, text) = separator_line(text);
    let found = || SEPARATORS.into_iter().rev().max_by_key(|separator| columns_of_ours(text, *separator));
    let mut reader = reader(text, said.or_else(found).unwrap_or(SEPARATORS[0]));
    let mut rows = Rows::new("CSV");
    let mut record = StringRecord::new();
    // Rows are numbered as spreadsheet programs show them; these hide the line that names the separator.
    let mut row = 0;
    while reader.read_record(&mut record).map_err(|_| Flaw::Broken)? {
        for (column, text) in record.iter().enumerate() {
            rows.put(row, column, Cell::Text(text.to_owned()))?;
        }
        row += 1;
    }
    rows.table()
}

/// Parses a first line `sep=;`, which tells Excel the separator; returns the separator and the text after the line.
pub(super) fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim_end_matches('\r').trim_matches('"');
    match line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP=")).map(str::as_bytes) {
        Some([separator]) => (Some(*separator), rest),
        Some(_) | None => (None, text),
    }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn columns_of_ours(text: &str, separator: u8) -> usize {
    let first = reader(text, separator).records().flatten().next();
    first.map_or(0, |record| record.iter().filter(|name| Column::parse(name).is_some()).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_that_names_the_separator_is_no_row() {
        for line in ["sep=;\r\n", "sep=;\n", "\"sep=;\"\n", "\u{feff}sep=;\n"] {
            let table =
                read(format!("{line}municipality;key;language;note\nrecoleta;a/b;es;x, y\n").as_bytes()).unwrap();
            assert_eq!((table.subject, table.rows.len(), table.rows[0].row), (Subject::Notes, 1, 2), "{line}");
        }
        let table = read(b"sep=|\nmunicipality|key|language|note\nrecoleta|a/b|es|x;y,z\n").unwrap();
        assert_eq!(table.rows[0].cells[3], Cell::Text("x;y,z".to_owned()));
        assert_eq!(separator_line("key;sep=;\n"), (None, "key;sep=;\n"));
    }
}
