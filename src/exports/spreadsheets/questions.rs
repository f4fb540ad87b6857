//! Labelled questions as a table: the language, the entry that ought to answer, the words.

use csv::{ReaderBuilder, StringRecord};

use super::csv::separator_line;
use super::flaw::Flaw;
use super::limits::{LARGEST_FILE, MOST_ROWS};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;

/// Longest question in characters: more is no message but a letter.
const LONGEST: usize = 500;
/// What stands for "none of ours".
const NOTHING: &str = "-";

/// A question with the entry that ought to answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Its language.
    pub lang: Lang,
    /// Nothing where none of ours ought to.
    pub expected: Option<EntryKey>,
    /// As people write.
    pub text: String,
}

impl Labelled {
    /// As somebody typed it; `expected` is a key, `-` or nothing.
    ///
    /// # Errors
    /// What is wrong with which of the three, from 0.
    pub fn typed(lang: &str, expected: &str, text: &str) -> Result<Labelled, (usize, Flaw)> {
        let lang = Lang::parse(lang.trim()).ok_or((0, Flaw::NoLanguage))?;
        let expected = match expected.trim() {
            "" | NOTHING => None,
            key => Some(key.parse().map_err(|_| (1, Flaw::NotAKey))?),
        };
        let text = plain::line(text);
        if text.is_empty() {
            return Err((2, Flaw::Empty));
        }
        if text.chars().count() > LONGEST {
            return Err((2, Flaw::Characters(LONGEST)));
        }
        Ok(Labelled { lang, expected, text })
    }
}

/// Reads a table with the columns `lang`, `expected` and `text`, separated by tabs, semicolons or commas.
///
/// # Errors
/// What is wrong first, with the row where it is.
pub fn read_questions(bytes: &[u8]) -> Result<Vec<Labelled>, (u32, Flaw)> {
    if bytes.len() > LARGEST_FILE {
        return Err((0, Flaw::FileTooLarge));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| (0, Flaw::Encoding))?;
    let (_, text) = separator_line(text.trim_start_matches('\u{FEFF}'));
    let header = text.lines().next().unwrap_or_default();
    let separator = ['\t', ';', ','].into_iter().find(|sign| header.contains(*sign)).ok_or((1, Flaw::NoHeader))?;
    let mut reader = ReaderBuilder::new()
        .delimiter(separator as u8)
        // In tab-separated files of messages a quotation mark is one.
        .quoting(separator != '\t')
        .flexible(true)
        .from_reader(text.as_bytes());
    let names = reader.headers().map_err(|_| (1, Flaw::Broken))?.clone();
    let place = |name: &str| {
        let found = names.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
        found.ok_or_else(|| (1, Flaw::NoColumn(name.to_owned())))
    };
    let columns = [place("lang")?, place("expected")?, place("text")?];
    let mut found = Vec::new();
    for (row, record) in (2..).zip(reader.records()) {
        if found.len() >= MOST_ROWS {
            return Err((row, Flaw::TooManyRows));
        }
        let record = record.map_err(|_| (row, Flaw::Broken))?;
        found.push(labelled(&record, columns).map_err(|flaw| (row, flaw))?);
    }
    if found.is_empty() { Err((1, Flaw::NoRows)) } else { Ok(found) }
}

fn labelled(record: &StringRecord, columns: [usize; 3]) -> Result<Labelled, Flaw> {
    let [lang, expected, text] = columns.map(|column| record.get(column).unwrap_or_default());
    Labelled::typed(lang, expected, text).map_err(|(_, flaw)| flaw)
}
