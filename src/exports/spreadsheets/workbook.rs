//! XLSX: a sheet that explains the columns, and a sheet with the rows, every cell as text.

use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader, Xlsx};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::archive;
use super::columns::{Column, Subject};
use super::csv::{explained, header};
use super::flaw::{Flaw, Place};
use super::formula_guard;
use super::sheet::{Cell, Rows, Spreadsheet, letters};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};

/// Writes rows as a workbook in the reader's language.
///
/// # Errors
/// If a text is longer than a cell can hold.
pub fn write(subject: Subject, lang: Lang, rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed date, so that the same content makes the same file.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?));
    write_about(&mut book, subject, lang)?;
    write_rows(&mut book, subject, lang, rows)?;
    book.save_to_buffer()
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

fn write_about(book: &mut Workbook, subject: Subject, lang: Lang) -> Result<(), XlsxError> {
    let (bold, plain) = (wrapped().set_bold(), wrapped());
    let sheet = book.add_worksheet();
    sheet.set_name(say(lang, &Label::TableReadMe))?.set_column_width(0, 18)?.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, "ventanilla", &bold)?;
    sheet.write_string_with_format(0, 1, say(lang, &Label::TableAbout { sheet: subject.name() }), &plain)?;
    for (row, column) in (2..).zip(subject.columns()) {
        sheet.write_string_with_format(row, 0, column.name(), &bold)?;
        sheet.write_string_with_format(row, 1, say(lang, &column.about()), &plain)?;
    }
    Ok(())
}

fn write_rows(book: &mut Workbook, subject: Subject, lang: Lang, rows: &[Vec<String>]) -> Result<(), XlsxError> {
    // `@` formats a cell as text: programs then evaluate no formula, not even after somebody has typed in it.
    let text = wrapped().set_num_format("@");
    let (bold, about) = (text.clone().set_bold(), text.clone().set_italic());
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(subject.columns().len());
    let sheet = book.add_worksheet();
    sheet.set_name(subject.name())?.set_freeze_panes(2, 1)?.set_active(true);
    for (place, name) in (0..).zip(header(subject, width)) {
        let column = subject.columns().get(usize::from(place)).unwrap_or(&Column::Phrasings);
        sheet.set_column_width(place, column.width())?.set_column_format(place, &text)?;
        sheet.write_string_with_format(0, place, name, &bold)?;
    }
    for (place, words) in (0..).zip(explained(subject, lang)) {
        sheet.write_string_with_format(1, place, words, &about)?;
    }
    sheet.set_row_height(1, 90)?;
    for (row, cells) in (2..).zip(rows) {
        for (place, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, place, formula_guard::for_text_cell(cell), &text)?;
        }
    }
    Ok(())
}

/// Reads a workbook. The archive is checked before any other code touches it.
pub(super) fn read(bytes: &[u8]) -> Result<Spreadsheet, Flaw> {
    archive::check(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Flaw::Broken)?;
    let sheet = sheet(&book.sheet_names())?;
    if let Some(merged) = merged(&mut book, &sheet)? {
        let (row, column) = merged.start;
        return Err(Flaw::Merged(Place { sheet, row: row + 1, column: letters(column as usize) }));
    }
    let mut rows = Rows::new(&sheet);
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| Flaw::Broken)?;
    while let Some(cell) = cells.next_cell().map_err(|_| Flaw::Broken)? {
        let (row, column) = cell.get_position();
        rows.put(row, column as usize, taken(cell.get_value()))?;
    }
    rows.table()
}

/// The sheet that has the name of a subject, or the only one.
fn sheet(names: &[String]) -> Result<String, Flaw> {
    let named = names.iter().find(|name| Subject::parse(&name.trim().to_lowercase()).is_some());
    match (named, names) {
        (Some(name), _) => Ok(name.clone()),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Flaw::NoSheet),
    }
}

fn merged(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Option<Dimensions>, Flaw> {
    Ok(book.merge_cells_by_sheet_name(sheet).map_err(|_| Flaw::Broken)?.first().copied())
}

fn taken(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) | DataRef::Error(_) => Cell::Other,
        #[expect(unreachable_patterns, reason = "calamine may learn of other kinds of cells")]
        _ => Cell::Other,
    }
}
