//! An overview of the entries: the status of every text, without its answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::OUTDATED_PARTS;
use super::rows::{OutdatedParts, day, decode, json, lang, maybe_day, outdated_parts};
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{LONGEST_PART, words};
use crate::domain::content::entry::Outdated;
use crate::domain::content::text_status::TextStatus;
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::store::db::{Db, StoreError, all};

/// The status of a published text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOverview {
    /// Its question.
    pub question: String,
    /// Its verification: by whom, on which day and until which.
    pub check: Option<(String, NaiveDate, NaiveDate)>,
    /// Since when it says less than another language's text.
    pub outdated_on: Option<NaiveDate>,
    /// The language whose meaning changed, and the last version there that this text matches.
    pub outdated_by: Option<(Lang, i64)>,
    /// Its parts that say less than another language's.
    pub outdated_parts: BTreeMap<Aspect, Outdated>,
    /// The aspects that it has a part for.
    pub aspects: Vec<Aspect>,
    /// Whether its answer is one long text that waits to be divided.
    pub undivided: bool,
    /// Who said that a native speaker has read it, and on which day.
    pub native_read: Option<(String, NaiveDate)>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
}

impl TextOverview {
    /// What people read of it.
    pub fn status(&self) -> TextStatus {
        TextStatus::of(self.withdrawn.is_some(), self.is_outdated())
    }

    /// Whether another language says more, in the lead or in a part.
    pub fn is_outdated(&self) -> bool {
        self.outdated_on.is_some() || !self.outdated_parts.is_empty()
    }
}

/// The status of a published entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryOverview {
    /// Its key.
    pub key: EntryKey,
    /// The kind of office in charge.
    pub service: ServiceKey,
    /// Its sources.
    pub sources: Vec<SourceKey>,
    /// The day on which a source was found to have changed.
    pub rules_changed_on: Option<NaiveDate>,
    /// Its published texts.
    pub texts: BTreeMap<Lang, TextOverview>,
}

#[derive(sqlx::FromRow)]
struct TextRow {
    entry: String,
    lang: String,
    question: String,
    answer: String,
    parts: String,
    native_read_by: Option<String>,
    native_read_on: Option<String>,
    checked_by: Option<String>,
    checked_on: Option<String>,
    checked_until: Option<String>,
    outdated_on: Option<String>,
    outdated_lang: Option<String>,
    outdated_version: Option<i64>,
    withdrawn: Option<String>,
}

const TABLE: &str = "entry_texts";

/// Every published entry, in order, including those without texts.
pub async fn entries(db: &Db) -> Result<Vec<EntryOverview>, StoreError> {
    let rows: Vec<(String, String, Option<String>)> =
        all!(db, "SELECT key, service, rules_changed_on FROM entries ORDER BY place");
    let texts: Vec<TextRow> = all!(
        db,
        "SELECT entry, lang, question, answer, parts, native_read_by, native_read_on, checked_by, checked_on, checked_until, outdated_on, outdated_lang, outdated_version, \
         withdrawn FROM entry_texts"
    );
    let sources: Vec<(String, String)> = all!(db, "SELECT entry, source FROM entry_sources ORDER BY entry, place");
    let mut by_entry: BTreeMap<String, BTreeMap<Lang, TextOverview>> = BTreeMap::new();
    let mut marks = outdated_parts(all!(db, OUTDATED_PARTS))?;
    for row in texts {
        let (entry, lang) = (row.entry.clone(), lang(TABLE, &row.lang)?);
        by_entry.entry(entry).or_default().insert(lang, row.status(&mut marks)?);
    }
    let mut rests_on: BTreeMap<String, Vec<SourceKey>> = BTreeMap::new();
    for (entry, source) in sources {
        let key = decode("entry_sources", "source", &source, source.parse().ok())?;
        rests_on.entry(entry).or_default().push(key);
    }
    let entry = |(key, service, changed): (String, String, Option<String>)| {
        Ok(EntryOverview {
            service: decode("entries", "service", &service, service.parse().ok())?,
            sources: rests_on.remove(&key).unwrap_or_default(),
            rules_changed_on: maybe_day("entries", "rules_changed_on", changed.as_deref())?,
            texts: by_entry.remove(&key).unwrap_or_default(),
            key: decode("entries", "key", &key, key.parse().ok())?,
        })
    };
    rows.into_iter().map(entry).collect()
}

/// The status of one published entry.
pub async fn entry(db: &Db, key: &EntryKey) -> Result<Option<EntryOverview>, StoreError> {
    const ENTRY: &str = "SELECT key, service, rules_changed_on FROM entries WHERE key = $1";
    const TEXTS: &str = "SELECT entry, lang, question, answer, parts, native_read_by, native_read_on, checked_by, checked_on, checked_until, outdated_on, outdated_lang, \
         outdated_version, withdrawn FROM entry_texts WHERE entry = $1";
    const PARTS: &str = "SELECT entry, lang, aspect, outdated_on, outdated_lang, outdated_version FROM outdated_parts \
         WHERE entry = $1";
    const SOURCES: &str = "SELECT source FROM entry_sources WHERE entry = $1 ORDER BY place";
    let rows: Vec<(String, String, Option<String>)> = all!(db, ENTRY, key.as_str());
    let Some((_, service, changed)) = rows.into_iter().next() else { return Ok(None) };
    let texts: Vec<TextRow> = all!(db, TEXTS, key.as_str());
    let sources: Vec<(String,)> = all!(db, SOURCES, key.as_str());
    let mut marks = outdated_parts(all!(db, PARTS, key.as_str()))?;
    let texts: Result<BTreeMap<_, _>, StoreError> =
        texts.into_iter().map(|row| Ok((lang(TABLE, &row.lang)?, row.status(&mut marks)?))).collect();
    let sources: Result<Vec<_>, _> =
        sources.iter().map(|(source,)| decode("entry_sources", "source", source, source.parse().ok())).collect();
    Ok(Some(EntryOverview {
        key: key.clone(),
        service: decode("entries", "service", &service, service.parse().ok())?,
        sources: sources?,
        rules_changed_on: maybe_day("entries", "rules_changed_on", changed.as_deref())?,
        texts: texts?,
    }))
}

impl TextRow {
    fn status(self, marks: &mut OutdatedParts) -> Result<TextOverview, StoreError> {
        let check = match (self.checked_by, self.checked_on, self.checked_until) {
            (Some(by), Some(on), Some(until)) => {
                Some((by, day(TABLE, "checked_on", &on)?, day(TABLE, "checked_until", &until)?))
            }
            (None | Some(_), _, _) => None,
        };
        let outdated_by = match (self.outdated_lang, self.outdated_version) {
            (Some(code), Some(version)) => Some((lang(TABLE, &code)?, version)),
            (None | Some(_), _) => None,
        };
        let native_read = match (self.native_read_by, self.native_read_on) {
            (Some(by), Some(on)) => Some((by, day(TABLE, "native_read_on", &on)?)),
            (None | Some(_), _) => None,
        };
        let parts: BTreeMap<Aspect, String> = json(TABLE, "parts", &self.parts)?;
        Ok(TextOverview {
            question: self.question,
            outdated_parts: marks.remove(&(self.entry, self.lang)).unwrap_or_default(),
            undivided: parts.is_empty() && words(&self.answer) > LONGEST_PART,
            aspects: parts.into_keys().collect(),
            native_read,
            check,
            outdated_on: maybe_day(TABLE, "outdated_on", self.outdated_on.as_deref())?,
            outdated_by,
            withdrawn: self.withdrawn,
        })
    }
}
