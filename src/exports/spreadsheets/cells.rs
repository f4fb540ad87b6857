//! Parses cells: text, keys, numbers, yes or no, each with the flaws that it may have.

use std::str::FromStr;

use super::columns::Column;
use super::flaw::Flaw;
use super::sheet::{Cell, Row, Spreadsheet};
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;
use crate::i18n::{Label, say};
use crate::understanding::language::fold;

/// The cells of a row by column; flaws are collected, so that a clerk sees all of them at once.
pub(super) struct Cells<'t> {
    table: &'t Spreadsheet,
    row: &'t Row,
    /// The flaws so far.
    pub flaws: Vec<(Option<Column>, Flaw)>,
}

impl<'t> Cells<'t> {
    pub fn of(table: &'t Spreadsheet, row: &'t Row) -> Cells<'t> {
        Cells { table, row, flaws: Vec::new() }
    }

    /// Records a flaw of a column.
    pub fn flaw(&mut self, column: Column, flaw: Flaw) {
        self.flaws.push((Some(column), flaw));
    }

    /// The text of a column, trimmed; several cells become lines of one text.
    pub fn words(&mut self, column: Column) -> String {
        let mut lines = Vec::new();
        for cell in self.table.cells(self.row, column) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => lines.push(text.trim()),
                Cell::Number(_) | Cell::Bool(_) | Cell::Other => {
                    self.flaw(column, Flaw::NotText);
                    return String::new();
                }
            }
        }
        lines.join("\n")
    }

    /// A key.
    pub fn key<K: FromStr>(&mut self, column: Column) -> Option<K> {
        let text = self.words(column);
        let key = text.parse().ok();
        // A cell that is not text has a flaw already.
        if key.is_none() && !self.flaws.iter().any(|(of, _)| *of == Some(column)) {
            self.flaw(column, if text.is_empty() { Flaw::Empty } else { Flaw::NotAKey });
        }
        key
    }

    /// Keys, one per line; commas and semicolons separate them as well.
    pub fn keys<K: FromStr + PartialEq>(&mut self, column: Column) -> Vec<K> {
        let mut keys = Vec::new();
        for text in self.list(column) {
            match text.parse() {
                Ok(key) if keys.contains(&key) => {}
                Ok(key) => keys.push(key),
                Err(_) => self.flaw(column, Flaw::NotAKey),
            }
        }
        keys
    }

    /// Texts, one per line; commas and semicolons separate them as well.
    pub fn list(&mut self, column: Column) -> Vec<String> {
        let words = self.words(column);
        words.split(['\n', ',', ';']).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
    }

    /// A language, by its code or by its name in the language itself.
    pub fn language(&mut self) -> Option<Lang> {
        let text = self.words(Column::Language).to_lowercase();
        let lang = Lang::all().find(|lang| lang.code() == text || lang.name().to_lowercase() == text);
        if lang.is_none() {
            self.flaw(Column::Language, Flaw::NoLanguage);
        }
        lang
    }

    /// A number; the decimal sign may be a comma. Nothing if the cell is empty: the value is unknown.
    pub fn number(&mut self, column: Column) -> Option<f64> {
        let cell = self.table.cells(self.row, column).next().unwrap_or(&Cell::Empty);
        let number = match cell {
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => plain::number(text),
            Cell::Empty | Cell::Bool(_) | Cell::Other => None,
        };
        if number.is_none() && !cell.is_empty() {
            self.flaw(column, Flaw::NotANumber);
        }
        number
    }

    /// Yes or no; an empty cell means no.
    pub fn yes_or_empty(&mut self, column: Column) -> bool {
        let mut cells = self.table.cells(self.row, column);
        cells.next().is_some_and(|cell| !cell.is_empty()) && self.yes(column)
    }

    /// Yes or no, in any supported language.
    pub fn yes(&mut self, column: Column) -> bool {
        let cell = self.table.cells(self.row, column).next().unwrap_or(&Cell::Empty);
        let yes = match cell {
            Cell::Bool(yes) => Some(*yes),
            Cell::Text(text) => yes_or_no(&fold(text.trim())),
            Cell::Number(number) if *number == 1.0 => Some(true),
            Cell::Number(number) if *number == 0.0 => Some(false),
            Cell::Empty | Cell::Number(_) | Cell::Other => None,
        };
        if yes.is_none() {
            self.flaw(column, Flaw::NotYesOrNo);
        }
        yes.unwrap_or_default()
    }
}

/// The word for yes or no in exported spreadsheets.
pub(super) fn yes_word(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// Parses a folded word: in a supported language, as spreadsheet programs write it, or as a digit.
fn yes_or_no(word: &str) -> Option<bool> {
    let says = |label: Label<'_>| Lang::all().any(|lang| fold(&say(lang, &label)) == word);
    match word {
        "yes" | "y" | "true" | "verdadero" | "vrai" | "vre" | "1" | "s" => Some(true),
        "no" | "n" | "false" | "falso" | "faux" | "fo" | "0" => Some(false),
        _ if says(Label::Yes) => Some(true),
        _ if says(Label::No) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_as_people_and_programs_write_them() {
        for yes in ["yes", "SI", "Sí", "sí", "WI", "wi", "VERDADERO", "TRUE", "1"] {
            assert_eq!(yes_or_no(&fold(yes)), Some(true), "{yes}");
        }
        for no in ["no", "NO", "Non", "non", "FALSO", "FALSE", "0"] {
            assert_eq!(yes_or_no(&fold(no)), Some(false), "{no}");
        }
        for neither in ["", "2", "quizás", "yes or no", "10"] {
            assert_eq!(yes_or_no(&fold(neither)), None, "{neither}");
        }
    }
}
