//! Flaws: what is wrong with a table, a row or a cell, said to a clerk in their language.

use serde::{Deserialize, Serialize};

use super::limits::{LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS};
use crate::domain::content::body::{Field, Problem};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::RichError;
use crate::i18n::{Label, say};

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The sheet's name.
    pub sheet: String,
    /// The row as the program numbers it, the first being 1.
    pub row: u32,
    /// The column, by its letter.
    pub column: String,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// The file is larger than we read.
    FileTooLarge,
    /// Unpacked it would be larger than we read.
    UnpackedTooLarge,
    /// It is no spreadsheet, or a broken one.
    Broken,
    /// An old format, or one with a password.
    OldFormat,
    /// Not written in UTF-8.
    Encoding,
    /// There are no rows below the header.
    NoRows,
    /// None of several sheets has the name of a subject.
    NoSheet,
    /// The first row names no columns of ours.
    NoHeader,
    /// A column that we do not know, at this place.
    UnknownColumn(Place, String),
    /// A column that is there twice.
    ColumnTwice(Place, String),
    /// A column that is not there.
    NoColumn(String),
    /// More rows than we read.
    TooManyRows,
    /// More columns than we read.
    TooManyColumns,
    /// Merged cells at this place.
    Merged(Place),
    /// A cell longer than Excel keeps, at this place.
    CellTooLong(Place),
    /// A number, a date or an error where words are wanted.
    NotText,
    /// Words where a number is wanted.
    NotANumber,
    /// Words where yes or no is wanted.
    NotYesOrNo,
    /// What is no key.
    NotAKey,
    /// A key that nothing has.
    NoSuch(String),
    /// A language that we do not speak.
    NoLanguage,
    /// The topic is not the one of the key.
    OtherTopic(String),
    /// The same entry and language, or the same office, stands in this row already.
    RowTwice(u32),
    /// An entry's rows do not agree; the first is this row.
    Disagrees(u32),
    /// The change has to be said: small, meaning or translation.
    NoChange,
    /// What is no change.
    NotAChange,
    /// A text is never taken away by a table.
    Emptied,
    /// A new entry has to have words.
    NoWords,
    /// The office belongs to this municipality.
    OtherMunicipality(String),
    /// This person is writing about it.
    DraftOf(String),
    /// The account may not.
    NoRight,
    /// Nothing is written.
    Empty,
    /// More than so many characters.
    Characters(usize),
    /// More than so many words.
    Words(usize),
    /// More than so many lines.
    Lines(usize),
    /// A link that leads nowhere safe.
    Link,
    /// A link that never became one.
    BrokenLink,
    /// Headings, tables, pictures, HTML.
    Form,
    /// Not as the column's explanation says.
    Wrong,
    /// So many kilometres from this municipality: no flaw where somebody says that it is right.
    Far(u32, String),
}

impl From<&Problem> for Flaw {
    fn from(problem: &Problem) -> Flaw {
        match problem {
            Problem::Empty(_) | Problem::Form(_, RichError::Empty) => Flaw::Empty,
            Problem::TooLong(Field::Answer, most) => Flaw::Words(*most),
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
    /// The flaw in words, with what to do.
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

/// The codes of our languages, as a clerk has to write them.
fn codes() -> String {
    Lang::all().map(Lang::code).collect::<Vec<_>>().join(", ")
}
