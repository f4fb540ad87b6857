//! Flaws: errors in a spreadsheet, a row or a cell, explained to a clerk in their language.

use serde::{Deserialize, Serialize};

use super::limits::{LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS};
use crate::domain::content::body::{Field, Problem};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::RichError;
use crate::i18n::{Label, say};

/// The location of a flaw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The sheet's name.
    pub sheet: String,
    /// The number of the row as the spreadsheet program shows it, from 1.
    pub row: u32,
    /// The letter of the column.
    pub column: String,
}

/// An error in a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// The file exceeds the size limit.
    FileTooLarge,
    /// The unpacked file exceeds the size limit.
    UnpackedTooLarge,
    /// Not a spreadsheet, or a damaged one.
    Broken,
    /// An old format, or a file with a password.
    OldFormat,
    /// Not encoded in UTF-8.
    Encoding,
    /// There are no rows below the header.
    NoRows,
    /// None of several sheets has the name of a subject.
    NoSheet,
    /// The first row has none of our column names.
    NoHeader,
    /// An unknown column at this location.
    UnknownColumn(Place, String),
    /// A column that occurs twice.
    ColumnTwice(Place, String),
    /// A missing column.
    NoColumn(String),
    /// More rows than the limit.
    TooManyRows,
    /// More columns than the limit.
    TooManyColumns,
    /// Merged cells at this location.
    Merged(Place),
    /// A cell longer than Excel's limit, at this location.
    CellTooLong(Place),
    /// A number, a date or an error where text is expected.
    NotText,
    /// Text where a number is expected.
    NotANumber,
    /// Text where yes or no is expected.
    NotYesOrNo,
    /// Not a valid key.
    NotAKey,
    /// A key that does not exist.
    NoSuch(String),
    /// A language that is not supported.
    NoLanguage,
    /// The topic is not that of the key.
    OtherTopic(String),
    /// This row already has the same entry and language, or the same office.
    RowTwice(u32),
    /// The rows of an entry do not agree; this is the first of them.
    Disagrees(u32),
    /// The kind of change is missing: small, meaning or translation.
    NoChange,
    /// Not a kind of change.
    NotAChange,
    /// A spreadsheet cannot remove a text.
    Emptied,
    /// A new entry needs a text.
    NoWords,
    /// The office belongs to this municipality.
    OtherMunicipality(String),
    /// This person has an open draft of it.
    DraftOf(String),
    /// The account has no right to do this.
    NoRight,
    /// The text is empty.
    Empty,
    /// More than this many characters.
    Characters(usize),
    /// More than this many words.
    Words(usize),
    /// More than this many lines.
    Lines(usize),
    /// An unsafe link.
    Link,
    /// Link markup that is not a complete link.
    BrokenLink,
    /// Headings, tables, pictures or HTML.
    Form,
    /// Not as the column's explanation requires.
    Wrong,
    /// This many kilometres from this municipality: not a flaw once somebody confirms it.
    Far(u32, String),
}

impl From<&Problem> for Flaw {
    fn from(problem: &Problem) -> Flaw {
        match problem {
            Problem::Empty(_) | Problem::Form(_, RichError::Empty) => Flaw::Empty,
            Problem::TooLong(Field::Answer | Field::Apart | Field::Part(_), most) => Flaw::Words(*most),
            Problem::TooLong(Field::Phrasings, most) => Flaw::Lines(*most),
            Problem::TooLong(_, most) => Flaw::Characters(*most),
            Problem::Form(_, RichError::Link(_)) => Flaw::Link,
            Problem::Form(_, RichError::BrokenLink) => Flaw::BrokenLink,
            Problem::Form(_, RichError::Form(_)) => Flaw::Form,
            Problem::Wrong(_) => Flaw::Wrong,
        }
    }
}

impl Flaw {
    /// The flaw in words, and how to correct it.
    pub fn words(&self, lang: Lang) -> String {
        let label = |label: Label<'_>| say(lang, &label);
        let most = |most: usize, with: fn(&str) -> Label<'_>| say(lang, &with(&most.to_string()));
        match self {
            Flaw::FileTooLarge => most(LARGEST_FILE / 1024 / 1024, |most| Label::FlawFileTooLarge { most }),
            Flaw::UnpackedTooLarge => label(Label::FlawUnpackedTooLarge),
            Flaw::Broken => label(Label::FlawBroken),
            Flaw::OldFormat => label(Label::FlawOldFormat),
            Flaw::Encoding => label(Label::FlawEncoding),
            Flaw::NoRows => label(Label::FlawNoRows),
            Flaw::NoSheet => label(Label::FlawNoSheet),
            Flaw::NoHeader => label(Label::FlawNoHeader),
            Flaw::UnknownColumn(place, name) => at(lang, place, label(Label::FlawUnknownColumn { name })),
            Flaw::ColumnTwice(place, name) => at(lang, place, label(Label::FlawColumnTwice { name })),
            Flaw::NoColumn(name) => label(Label::FlawNoColumn { name }),
            Flaw::TooManyRows => most(MOST_ROWS, |most| Label::FlawTooManyRows { most }),
            Flaw::TooManyColumns => most(MOST_COLUMNS, |most| Label::FlawTooManyColumns { most }),
            Flaw::Merged(place) => at(lang, place, label(Label::FlawMerged)),
            Flaw::CellTooLong(place) => at(lang, place, most(LONGEST_CELL, |most| Label::FlawCharacters { most })),
            Flaw::NotText => label(Label::FlawNotText),
            Flaw::NotANumber => label(Label::FlawNotANumber),
            Flaw::NotYesOrNo => label(Label::FlawNotYesOrNo),
            Flaw::NotAKey => label(Label::FlawNotAKey),
            Flaw::NoSuch(key) => label(Label::FlawNoSuch { key }),
            Flaw::NoLanguage => label(Label::FlawNoLanguage { codes: &codes() }),
            Flaw::OtherTopic(topic) => label(Label::FlawOtherTopic { topic }),
            Flaw::RowTwice(row) => label(Label::FlawRowTwice { row: &row.to_string() }),
            Flaw::Disagrees(row) => label(Label::FlawDisagrees { row: &row.to_string() }),
            Flaw::NoChange => label(Label::FlawNoChange),
            Flaw::NotAChange => label(Label::FlawNotAChange),
            Flaw::Emptied => label(Label::FlawEmptied),
            Flaw::NoWords => label(Label::FlawNoWords),
            Flaw::OtherMunicipality(key) => label(Label::FlawOtherMunicipality { key }),
            Flaw::DraftOf(name) => label(Label::FlawDraftOf { name }),
            Flaw::NoRight => label(Label::FlawNoRight),
            Flaw::Empty => label(Label::FlawEmpty),
            Flaw::Characters(n) => most(*n, |most| Label::FlawCharacters { most }),
            Flaw::Words(n) => most(*n, |most| Label::FlawWords { most }),
            Flaw::Lines(n) => most(*n, |most| Label::FlawLines { most }),
            Flaw::Link => label(Label::FlawLink),
            Flaw::BrokenLink => label(Label::FlawBrokenLink),
            Flaw::Form => label(Label::FlawForm),
            Flaw::Wrong => label(Label::FlawWrong),
            Flaw::Far(km, place) => label(Label::AskFar { km: &km.to_string(), place }),
        }
    }
}

fn at(lang: Lang, place: &Place, words: String) -> String {
    let Place { sheet, row, column } = place;
    let place = say(lang, &Label::TablePlace { sheet, row: &row.to_string(), column });
    format!("{place}: {words}")
}

/// The codes of the supported languages, as a clerk has to write them.
fn codes() -> String {
    Lang::all().map(Lang::code).collect::<Vec<_>>().join(", ")
}
