//! Tables of figures as a workbook: words as text cells, numbers as number cells.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::formula_guard;

/// Longest name of a sheet, in characters: Excel's limit.
const LONGEST_NAME: usize = 31;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name; shortened, and without the characters that Excel refuses.
    pub name: String,
    /// Its rows; the first is the header.
    pub rows: Vec<Vec<Value>>,
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, never evaluated as a formula.
    Text(String),
    /// A whole number.
    Whole(f64),
    /// A number with a fraction, such as an average.
    Parted(f64),
    /// A part of 1, shown as a percentage.
    Share(f64),
    /// An empty cell.
    Empty,
}

/// Writes sheets as a workbook.
///
/// # Errors
/// If a text is longer than a cell can hold.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed date, so that the same content makes the same file.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?));
    for (place, sheet) in sheets.iter().enumerate() {
        write_sheet(book.add_worksheet(), &named(&sheet.name, place), &sheet.rows)?;
    }
    book.save_to_buffer()
}

/// A name that Excel accepts, numbered so that no two sheets have the same.
fn named(name: &str, place: usize) -> String {
    let fits = |sign: &char| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let number = format!("{}. ", place + 1);
    let name: String = name.chars().filter(fits).take(LONGEST_NAME - number.len()).collect();
    format!("{number}{}", name.trim_end())
}

fn write_sheet(sheet: &mut Worksheet, name: &str, rows: &[Vec<Value>]) -> Result<(), XlsxError> {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let bold = text.clone().set_bold();
    let number = |form: &str| Format::new().set_align(FormatAlign::Top).set_num_format(form);
    let (whole, parted, share) = (number("#,##0"), number("#,##0.0"), number("0%"));
    sheet.set_name(name)?.set_freeze_panes(1, 1)?.set_column_width(0, 44)?;
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Value::Text(words) => {
                    let form = if row == 0 { &bold } else { &text };
                    sheet.write_string_with_format(row, column, formula_guard::for_text_cell(words), form)?
                }
                Value::Whole(n) => sheet.write_number_with_format(row, column, *n, &whole)?,
                Value::Parted(n) => sheet.write_number_with_format(row, column, *n, &parted)?,
                Value::Share(n) => sheet.write_number_with_format(row, column, *n, &share)?,
                Value::Empty => sheet,
            };
        }
    }
    Ok(())
}
