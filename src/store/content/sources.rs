//! The register of sources: laws, decrees, circulars and agencies, and how they changed.

use super::rows::{SourceRow, day, decode};
use crate::domain::content::source::Source;
use crate::domain::text::id::SourceKey;
use crate::store::db::{Db, StoreError, Tx, all, maybe_in, run};
use chrono::NaiveDate;

/// A change of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceChange {
    /// The day of the change.
    pub day: NaiveDate,
    /// What changed.
    pub what: String,
    /// Who noted it.
    pub noted_by: String,
}

/// Saves a source; a new one comes last in the register.
pub async fn save(tx: &mut Tx, source: &Source) -> Result<(), StoreError> {
    const SOURCE: &str = "INSERT INTO sources (key, place, kind, agency, year, link) VALUES ($1, \
         (SELECT COALESCE(MAX(place), -1) + 1 FROM sources), $2, $3, $4, $5) ON CONFLICT (key) DO UPDATE SET \
         kind = excluded.kind, agency = excluded.agency, year = excluded.year, link = excluded.link";
    const TITLE: &str = "INSERT INTO source_titles (source, lang, title) VALUES ($1, $2, $3)";
    let key = source.key.as_str();
    run!(tx, SOURCE, key, source.kind.name(), &source.agency, source.year.map(i64::from), &source.link);
    run!(tx, "DELETE FROM source_titles WHERE source = $1", key);
    for (lang, title) in &source.titles {
        run!(tx, TITLE, key, lang.code(), title);
    }
    Ok(())
}

/// Whether the register has this source.
pub async fn is_there(tx: &mut Tx, key: &SourceKey) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT key, kind, agency, year, link FROM sources WHERE key = $1";
    let row: Option<SourceRow> = maybe_in!(tx, SQL, key.as_str());
    Ok(row.is_some())
}

/// Records that a source has changed; false if the register does not have it.
pub async fn note_change(
    tx: &mut Tx,
    key: &SourceKey,
    day: NaiveDate,
    what: &str,
    by: &str,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO source_changes (source, day, what, noted_by) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (source, day) DO UPDATE SET what = excluded.what, noted_by = excluded.noted_by";
    if !is_there(tx, key).await? {
        return Ok(false);
    }
    run!(tx, SQL, key.as_str(), day.to_string(), what, by);
    Ok(true)
}

/// The changes of a source, the newest first.
pub async fn changes(db: &Db, key: &SourceKey) -> Result<Vec<SourceChange>, StoreError> {
    const SQL: &str = "SELECT day, what, noted_by FROM source_changes WHERE source = $1 ORDER BY day DESC";
    let rows: Vec<(String, String, String)> = all!(db, SQL, key.as_str());
    let change = |(on, what, noted_by): (String, String, String)| {
        Ok(SourceChange { day: day("source_changes", "day", &on)?, what, noted_by })
    };
    rows.into_iter().map(change).collect()
}

/// How many published entries rely on each source.
pub async fn dependents(db: &Db) -> Result<Vec<(SourceKey, i64)>, StoreError> {
    const SQL: &str = "SELECT source, COUNT(*) FROM entry_sources GROUP BY source ORDER BY source";
    let rows: Vec<(String, i64)> = all!(db, SQL);
    rows.into_iter().map(|(key, n)| Ok((decode("entry_sources", "source", &key, key.parse().ok())?, n))).collect()
}
