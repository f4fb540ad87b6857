//! Rows of the municipality's content as the database returns them, and how their values are parsed.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::domain::content::aspect::Aspect;
use crate::domain::content::entry::{Check, Outdated, Overdue, Part, Text};
use crate::domain::offices::hours::Hours;
use crate::domain::offices::position::Position;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;
use crate::store::db::StoreError;

#[derive(sqlx::FromRow)]
pub(in crate::store) struct TopicRow {
    pub key: String,
    pub emoji: String,
    pub discreet: bool,
}

/// A word or key that belongs to the row with the key `of`.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct PartRow {
    pub of: String,
    pub part: String,
}

/// A name in a language that belongs to the row with the key `of`.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct NameRow {
    pub of: String,
    pub lang: String,
    pub name: String,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct SourceRow {
    pub key: String,
    pub kind: String,
    pub agency: String,
    pub year: Option<i64>,
    pub link: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct EntryRow {
    pub key: String,
    pub service: String,
    pub discreet: bool,
    pub provenance: String,
    pub rules_changed_on: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct TextRow {
    pub entry: String,
    pub lang: String,
    pub question: String,
    pub apart: String,
    pub answer: String,
    pub parts: String,
    pub checked_by: Option<String>,
    pub checked_on: Option<String>,
    pub checked_until: Option<String>,
    pub outdated_on: Option<String>,
    pub outdated_lang: Option<String>,
    pub outdated_version: Option<i64>,
    pub withdrawn: Option<String>,
}

/// A part that another language has overtaken.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct OutdatedPartRow {
    pub entry: String,
    pub lang: String,
    pub aspect: String,
    pub outdated_on: String,
    pub outdated_lang: String,
    pub outdated_version: i64,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct PhrasingRow {
    pub entry: Option<String>,
    pub lang: String,
    pub text: String,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct MunicipalityRow {
    pub key: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub time_zone: String,
    pub overdue: Option<String>,
}

impl MunicipalityRow {
    pub fn overdue(&self) -> Result<Option<Overdue>, StoreError> {
        let parsed = |name: &str| decode("municipalities", "overdue", name, Overdue::parse(name));
        self.overdue.as_deref().map(parsed).transpose()
    }
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct OfficeRow {
    pub key: String,
    pub municipality: String,
    pub name: String,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub approximate: bool,
    pub hours: Option<String>,
    pub hours_checked: bool,
    pub time_zone: String,
    pub active: bool,
}

impl OfficeRow {
    /// Its position; `None` if unknown.
    pub fn position(&self) -> Result<Option<Position>, StoreError> {
        match (self.lat, self.lon) {
            (None, None) => Ok(None),
            (lat, lon) => {
                let position = lat.zip(lon).and_then(|(lat, lon)| Position::new(lat, lon).ok());
                decode("offices", "lat", &self.key, position).map(Some)
            }
        }
    }

    /// Its opening hours; `None` if unknown.
    pub fn hours(&self) -> Result<Option<Hours>, StoreError> {
        let parsed = |text: &str| decode("offices", "hours", text, Hours::parse(text).ok());
        self.hours.as_deref().map(parsed).transpose()
    }
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct NoteRow {
    pub municipality: String,
    pub entry: String,
    pub lang: String,
    pub text: String,
}

/// A value parsed from a column, or the error that names the column with the invalid value.
pub(in crate::store) fn decode<T>(
    table: &'static str,
    column: &'static str,
    value: &str,
    parsed: Option<T>,
) -> Result<T, StoreError> {
    parsed.ok_or_else(|| StoreError::Corrupt { table, column, value: value.to_owned() })
}

pub(in crate::store) fn lang(table: &'static str, code: &str) -> Result<Lang, StoreError> {
    decode(table, "lang", code, Lang::parse(code))
}

/// A day as tables store it.
pub(in crate::store) fn day(table: &'static str, column: &'static str, day: &str) -> Result<NaiveDate, StoreError> {
    decode(table, column, day, day.parse().ok())
}

/// A day, or `None`.
pub(in crate::store) fn maybe_day(
    table: &'static str,
    column: &'static str,
    text: Option<&str>,
) -> Result<Option<NaiveDate>, StoreError> {
    text.map(|text| day(table, column, text)).transpose()
}

/// Names by language, grouped by the key that they belong to.
pub(in crate::store) fn names(
    table: &'static str,
    rows: Vec<NameRow>,
) -> Result<HashMap<String, BTreeMap<Lang, String>>, StoreError> {
    let mut names: HashMap<String, BTreeMap<Lang, String>> = HashMap::new();
    for row in rows {
        names.entry(row.of).or_default().insert(lang(table, &row.lang)?, row.name);
    }
    Ok(names)
}

/// Parts grouped by the key that they belong to, in the order of the rows.
pub(in crate::store) fn parts(rows: Vec<PartRow>) -> HashMap<String, Vec<String>> {
    let mut parts: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows {
        parts.entry(row.of).or_default().push(row.part);
    }
    parts
}

/// Keys parsed from texts.
pub(in crate::store) fn keys<K: std::str::FromStr>(
    table: &'static str,
    column: &'static str,
    parts: Option<Vec<String>>,
) -> Result<Vec<K>, StoreError> {
    parts.into_iter().flatten().map(|part| decode(table, column, &part, part.parse().ok())).collect()
}

/// The value of a column that holds JSON.
pub(in crate::store) fn json<T: DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    decode(table, column, text, serde_json::from_str(text).ok())
}

/// The outdated parts of each text, by entry and code of the language.
pub(in crate::store) type OutdatedParts = HashMap<(String, String), BTreeMap<Aspect, Outdated>>;

/// Groups outdated parts by text.
pub(in crate::store) fn outdated_parts(rows: Vec<OutdatedPartRow>) -> Result<OutdatedParts, StoreError> {
    const TABLE: &str = "outdated_parts";
    let mut marks = OutdatedParts::new();
    for row in rows {
        let aspect = decode(TABLE, "aspect", &row.aspect, Aspect::parse(&row.aspect))?;
        let by = Some((lang(TABLE, &row.outdated_lang)?, row.outdated_version));
        let outdated = Outdated { on: day(TABLE, "outdated_on", &row.outdated_on)?, by };
        marks.entry((row.entry, row.lang)).or_default().insert(aspect, outdated);
    }
    Ok(marks)
}

impl TextRow {
    /// The text, with the marks of its outdated parts.
    pub fn text(self, marks: &BTreeMap<Aspect, Outdated>) -> Result<(Lang, Text), StoreError> {
        const TABLE: &str = "entry_texts";
        let check = match (self.checked_by, self.checked_on, self.checked_until) {
            (Some(by), Some(on), Some(until)) => {
                Some(Check { by, on: day(TABLE, "checked_on", &on)?, until: day(TABLE, "checked_until", &until)? })
            }
            (None | Some(_), _, _) => None,
        };
        let rich = |column, text: &str| decode(TABLE, column, &self.entry, Rich::parse(text).ok());
        let parts = json::<BTreeMap<Aspect, String>>(TABLE, "parts", &self.parts)?;
        let part = |(aspect, text): (Aspect, String)| {
            Ok::<_, StoreError>((aspect, Part { text: rich("parts", &text)?, outdated: marks.get(&aspect).copied() }))
        };
        let outdated_by = self.outdated_lang.as_deref().map(|code| lang(TABLE, code)).transpose()?;
        let by = outdated_by.zip(self.outdated_version);
        let outdated_on = maybe_day(TABLE, "outdated_on", self.outdated_on.as_deref())?;
        let text = Text {
            answer: rich("answer", &self.answer)?,
            parts: parts.into_iter().map(part).collect::<Result<_, _>>()?,
            question: self.question,
            apart: self.apart,
            check,
            outdated: outdated_on.map(|on| Outdated { on, by }),
            withdrawn: self.withdrawn,
        };
        Ok((lang(TABLE, &self.lang)?, text))
    }
}
