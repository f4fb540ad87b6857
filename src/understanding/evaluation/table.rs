//! Reads tables of messages: tab-separated, with a header, columns found by their names.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use crate::domain::text::lang::Lang;

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableFormatError {
    /// Not a table of tab-separated values.
    #[error("not a tab-separated table: {0}")]
    Unreadable(#[from] csv::Error),
    /// No column has one of these names.
    #[error("the header has no column {0}")]
    NoColumn(&'static str),
    /// An expected entry does not exist.
    #[error("line {line}: there is no entry {key}")]
    NoEntry {
        /// The number of the line; the header is 1.
        line: usize,
        /// The key as written.
        key: String,
    },
    /// A kind of danger does not exist.
    #[error("line {line}: there is no kind of danger {name}")]
    NoKind {
        /// The number of the line; the header is 1.
        line: usize,
        /// The name as written.
        name: String,
    },
    /// An aspect does not exist.
    #[error("line {line}: there is no aspect {name}")]
    NoAspect {
        /// The number of the line; the header is 1.
        line: usize,
        /// The name as written.
        name: String,
    },
}

/// The keys of the entries, by index.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// Every key, in the entries' order.
    pub names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Keys {
    /// Indexes these keys, in this order.
    pub fn from_names(names: impl IntoIterator<Item = String>) -> Keys {
        let mut keys = Keys::default();
        names.into_iter().for_each(|name| {
            keys.place_or_add(&name);
        });
        keys
    }

    /// The index of a key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    fn place_or_add(&mut self, key: &str) -> usize {
        self.place(key).unwrap_or_else(|| {
            self.names.push(key.to_owned());
            self.places.insert(key.to_owned(), self.names.len() - 1);
            self.names.len() - 1
        })
    }
}

/// The expected result for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Any of these entries.
    Entries(Vec<usize>),
    /// Nothing that the bot should answer: `-`.
    OutOfScope,
    /// Thanks, greetings, news: `~`.
    SmallTalk,
}

/// A message to evaluate.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its author; the messages of one person, in their order, are a talk.
    pub person: String,
    /// Its language, if the table names a supported one.
    pub lang: Option<Lang>,
    /// The expected result.
    pub expected: Expected,
    /// The text as written.
    pub text: String,
    /// The style of writing: plain, sms, typo, story …
    pub style: String,
}

/// A phrasing of a bank with its entry, or without one if it is out of scope.
#[derive(Debug, Clone)]
pub struct Phrasing {
    /// The index of the entry.
    pub entry: Option<usize>,
    /// Its language; the first one if the table names none.
    pub lang: Lang,
    /// The text as written.
    pub text: String,
}

/// Phrasings to train on, and the keys of their entries.
#[derive(Debug, Clone, Default)]
pub struct Bank {
    /// The keys of the entries.
    pub keys: Keys,
    /// The phrasings, in the table's order.
    pub phrasings: Vec<Phrasing>,
}

/// A text with its language.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Nothing if the language is not supported.
    pub lang: Option<Lang>,
    /// The text.
    pub text: String,
}

/// Reads messages: columns `expected` (or `intent`) and `text`, optionally `person`, `lang` and `style`.
pub fn read_messages(tsv: &str, keys: &Keys) -> Result<Vec<Message>, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let (expected, text) =
        (rows.column("expected", &["expected", "intent", "entry"])?, rows.column("text", &["text"])?);
    rows.lines
        .iter()
        .enumerate()
        .map(|(n, row)| {
            Ok(Message {
                person: rows.optional("person", row).to_owned(),
                lang: Lang::parse(rows.optional("lang", row)),
                expected: read_expected(cell(row, expected), keys, n + 2)?,
                text: cell(row, text).to_owned(),
                style: rows.optional("style", row).to_owned(),
            })
        })
        .collect()
}

/// Reads a bank of phrasings: columns `entry` (or `intent`) and `text`, optionally `lang`; `-` and `oos` are out of
/// scope.
pub fn read_bank(tsv: &str) -> Result<Bank, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let (entry, text) = (rows.column("entry", &["entry", "intent", "expected"])?, rows.column("text", &["text"])?);
    let mut bank = Bank::default();
    for row in &rows.lines {
        let entry = Some(cell(row, entry)).filter(|key| !is_out_of_scope(key)).map(|key| bank.keys.place_or_add(key));
        let lang = Lang::parse(rows.optional("lang", row)).unwrap_or_else(Lang::first);
        bank.phrasings.push(Phrasing { entry, lang, text: cell(row, text).to_owned() });
    }
    Ok(bank)
}

/// Reads texts with their languages: columns `lang`, `text`.
pub fn read_samples(tsv: &str) -> Result<Vec<Sample>, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let (lang, text) = (rows.column("lang", &["lang"])?, rows.column("text", &["text"])?);
    Ok(rows
        .lines
        .iter()
        .map(|row| Sample { lang: Lang::parse(cell(row, lang)), text: cell(row, text).to_owned() })
        .collect())
}

fn is_out_of_scope(key: &str) -> bool {
    matches!(key, "-" | "oos")
}

fn read_expected(written: &str, keys: &Keys, line: usize) -> Result<Expected, TableFormatError> {
    if is_out_of_scope(written) {
        return Ok(Expected::OutOfScope);
    }
    if written == "~" {
        return Ok(Expected::SmallTalk);
    }
    let places = written
        .split('|')
        .map(|key| keys.place(key.trim()).ok_or_else(|| TableFormatError::NoEntry { line, key: key.to_owned() }));
    Ok(Expected::Entries(places.collect::<Result<_, _>>()?))
}

pub(super) struct Rows {
    header: StringRecord,
    pub lines: Vec<StringRecord>,
}

impl Rows {
    pub fn read(tsv: &str) -> Result<Rows, TableFormatError> {
        let mut reader =
            ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).from_reader(tsv.as_bytes());
        Ok(Rows { header: reader.headers()?.clone(), lines: reader.records().collect::<Result<_, _>>()? })
    }

    pub fn column(&self, name: &'static str, names: &[&str]) -> Result<usize, TableFormatError> {
        names
            .iter()
            .find_map(|name| self.header.iter().position(|column| column == *name))
            .ok_or(TableFormatError::NoColumn(name))
    }

    pub fn optional<'r>(&self, name: &str, row: &'r StringRecord) -> &'r str {
        self.header.iter().position(|column| column == name).map_or("", |column| cell(row, column))
    }
}

pub(super) fn cell(row: &StringRecord, column: usize) -> &str {
    row.get(column).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_sets_are_read_by_their_own_column_names() {
        let bank = read_bank("text\tintent\nhi there\tgreet\nfoo\toos\n").unwrap();
        assert_eq!(bank.keys.names, ["greet"]);
        assert_eq!(bank.phrasings.iter().map(|phrasing| phrasing.entry).collect::<Vec<_>>(), [Some(0), None]);
    }

    #[test]
    fn several_keys_dash_and_tilde_are_understood_and_unknown_keys_refused() {
        let keys = Keys::from_names(["a".to_owned(), "b".to_owned()]);
        let read = |expected: &str| {
            read_messages(&format!("expected\ttext\n{expected}\tx\n"), &keys)
                .map(|messages| messages[0].expected.clone())
        };
        assert_eq!(read("a|b").unwrap(), Expected::Entries(vec![0, 1]));
        assert_eq!(read("-").unwrap(), Expected::OutOfScope);
        assert_eq!(read("~").unwrap(), Expected::SmallTalk);
        assert!(matches!(read("c"), Err(TableFormatError::NoEntry { line: 2, .. })));
    }
}
