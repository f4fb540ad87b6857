//! Status of published entries: verified until when, outdated since when, withdrawn why, affected by a changed source.

use chrono::NaiveDate;

use super::rows::{day, decode};
use crate::domain::content::entry::Check;
use crate::domain::text::id::{EntryKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::store::db::{StoreError, Tx, maybe_in, on_tx, run};

/// Records a verification of all texts of an entry that are neither outdated nor withdrawn; returns how many.
pub async fn check(tx: &mut Tx, entry: &EntryKey, check: &Check) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE entry_texts SET checked_by = $2, checked_on = $3, checked_until = $4 \
         WHERE entry = $1 AND outdated_on IS NULL AND withdrawn IS NULL \
         AND NOT EXISTS (SELECT 1 FROM outdated_parts p WHERE p.entry = entry_texts.entry AND p.lang = entry_texts.lang)";
    let (on, until) = (check.on.to_string(), check.until.to_string());
    Ok(run!(tx, SQL, entry.as_str(), &check.by, on.clone(), until.clone()))
}

/// Withdraws a text; until a reason is given, people read that it is being checked. False if there is no such text.
pub async fn withdraw(tx: &mut Tx, entry: &EntryKey, lang: Lang) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE entry_texts SET withdrawn = COALESCE(withdrawn, '') WHERE entry = $1 AND lang = $2";
    Ok(run!(tx, SQL, entry.as_str(), lang.code()) == 1)
}

/// Records that a native speaker has read a text, or (with `None`) that none has. False if there is no such text.
pub async fn native_read(
    tx: &mut Tx,
    entry: &EntryKey,
    lang: Lang,
    read: Option<(&str, NaiveDate)>,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE entry_texts SET native_read_by = $3, native_read_on = $4 WHERE entry = $1 AND lang = $2";
    let (by, on) = (read.map(|(by, _)| by.to_owned()), read.map(|(_, on)| on.to_string()));
    Ok(run!(tx, SQL, entry.as_str(), lang.code(), by.clone(), on.clone()) == 1)
}

/// Sets the reason that people read in place of a withdrawn text; false if the text is not withdrawn (any more).
pub async fn give_reason(tx: &mut Tx, entry: &EntryKey, lang: Lang, reason: &str) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE entry_texts SET withdrawn = $3 WHERE entry = $1 AND lang = $2 AND withdrawn IS NOT NULL";
    Ok(run!(tx, SQL, entry.as_str(), lang.code(), reason) == 1)
}

/// The status of a published text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextOverview {
    /// It was withdrawn.
    pub is_withdrawn: bool,
    /// Another language says something newer.
    pub is_outdated: bool,
}

/// The status of this text; a text that does not exist is neither withdrawn nor outdated.
pub async fn of_text(tx: &mut Tx, entry: &EntryKey, lang: Lang) -> Result<TextOverview, StoreError> {
    const SQL: &str = "SELECT withdrawn IS NOT NULL AS withdrawn, (outdated_on IS NOT NULL OR EXISTS (SELECT 1 FROM \
         outdated_parts p WHERE p.entry = entry_texts.entry AND p.lang = entry_texts.lang)) AS outdated \
         FROM entry_texts WHERE entry = $1 AND lang = $2";
    let row: Option<(bool, bool)> = maybe_in!(tx, SQL, entry.as_str(), lang.code());
    let (is_withdrawn, is_outdated) = row.unwrap_or_default();
    Ok(TextOverview { is_withdrawn, is_outdated })
}

/// The texts that are outdated, or have an outdated part, and since when.
pub async fn outdated(tx: &mut Tx) -> Result<Vec<(EntryKey, Lang, NaiveDate)>, StoreError> {
    const SQL: &str = "SELECT entry, lang, MIN(outdated_on) FROM (\
         SELECT entry, lang, outdated_on FROM entry_texts WHERE outdated_on IS NOT NULL \
         UNION ALL SELECT entry, lang, outdated_on FROM outdated_parts) AS marked GROUP BY entry, lang";
    let rows: Vec<(String, String, String)> = on_tx!(tx, c => async { sqlx::query_as(SQL).fetch_all(c).await })?;
    let text = |(entry, lang, on): (String, String, String)| {
        let entry = decode("entry_texts", "entry", &entry, entry.parse().ok())?;
        let code = decode("entry_texts", "lang", &lang, Lang::parse(&lang))?;
        Ok((entry, code, day("entry_texts", "outdated_on", &on)?))
    };
    rows.into_iter().map(text).collect()
}

/// Marks every entry that relies on a changed source from `day` on; returns how many.
pub async fn rules_changed(tx: &mut Tx, source: &SourceKey, day: NaiveDate) -> Result<u64, StoreError> {
    const SQL: &str =
        "UPDATE entries SET rules_changed_on = $2 WHERE key IN (SELECT entry FROM entry_sources WHERE source = $1)";
    Ok(run!(tx, SQL, source.as_str(), day.to_string()))
}

/// Removes that mark: somebody has checked the entry against its changed source.
pub async fn rules_checked(tx: &mut Tx, entry: &EntryKey) -> Result<(), StoreError> {
    run!(tx, "UPDATE entries SET rules_changed_on = NULL WHERE key = $1", entry.as_str());
    Ok(())
}

/// Whether the entry is published.
pub async fn is_there(tx: &mut Tx, entry: &EntryKey) -> Result<bool, StoreError> {
    let row: Option<(String,)> = maybe_in!(tx, "SELECT key FROM entries WHERE key = $1", entry.as_str());
    Ok(row.is_some())
}
