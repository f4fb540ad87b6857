//! Labelled questions as a spreadsheet: the language, the entry that should answer, the text.

use csv::{ReaderBuilder, StringRecord};

use super::csv::separator_line;
use super::flaw::Flaw;
use super::limits::{LARGEST_FILE, MOST_ROWS};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;

/// Longest question in characters: a longer text is not a chat message.
const LONGEST: usize = 500;
/// The value for "none of our entries".
const NOTHING: &str = "-";

/// A question with the entry that should answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Its language.
    pub lang: Lang,
    /// The expected entry; nothing if no entry should answer.
    pub expected: Option<EntryKey>,
    /// The question as people write it.
    pub text: String,
}

impl Labelled {
    /// Validates typed values; `expected` is a key, `-` or empty.
    ///
    /// # Errors
    /// The flaw, with the number of the value that has it, from 0.
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

/// Reads a file with the columns `lang`, `expected` and `text`, separated by tabs, semicolons or commas.
///
/// # Errors
/// The first flaw, with its row.
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
        // In tab-separated files of messages a quotation mark is an ordinary character.
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
