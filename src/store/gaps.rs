//! Gaps: stripped words that found no answer, how often in which week, and what was done about them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::content_rows::{day, lang, sane};
use super::db::{Db, StoreError, Tx, all, run};
use super::many::{self, Value};
use crate::domain::gap::{Gap, GapState, week_of};
use crate::domain::id::EntryKey;
use crate::domain::lang::Lang;
use crate::domain::stripped::Stripped;

const TABLE: &str = "gaps";

/// Gaps of one or more turns, to be written with them.
#[derive(Debug, Default)]
pub struct Gathered(BTreeMap<(String, NaiveDate), (Gap, i64)>);

impl Gathered {
    /// Adds a gap of a day.
    pub(super) fn add(&mut self, day: NaiveDate, gap: &Gap) {
        self.0.entry((gap.id(), week_of(day))).or_insert_with(|| (gap.clone(), 0)).1 += 1;
    }

    /// Writes all of them, in an order that is the same for all; nothing is read.
    pub(super) async fn record(&self, tx: &mut Tx) -> Result<(), StoreError> {
        const GAPS: &str = "INSERT INTO gaps (id, grp, lang, entry, words, guess, state, closed_week, last_week)";
        const SEEN: &str = "ON CONFLICT (id) DO UPDATE SET last_week = excluded.last_week \
             WHERE gaps.last_week < excluded.last_week";
        const WEEKS: &str = "INSERT INTO gap_weeks (gap, week, n)";
        const AGAIN: &str = "ON CONFLICT (gap, week) DO UPDATE SET n = gap_weeks.n + excluded.n";
        let weeks: Vec<String> = self.0.keys().map(|(_, week)| week.to_string()).collect();
        // One after the other: a statement cannot touch a row twice, and two weeks of one gap can meet at midnight.
        for (((id, _), (gap, n)), week) in self.0.iter().zip(&weeks) {
            let entry = gap.entry.as_ref().map_or("", EntryKey::as_str);
            let open = GapState::Open.name();
            let row = [id, "", gap.lang.code(), entry, gap.words.as_str(), "", open, "", week].map(Value::Text);
            many::insert(tx, GAPS, &[row], SEEN).await?;
            many::insert(tx, WEEKS, &[[Value::Text(id), Value::Text(week), Value::Whole(*n)]], AGAIN).await?;
        }
        Ok(())
    }
}

/// A gap as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub id: String,
    /// The name of its group; its own, where it has not been grouped.
    pub group: String,
    /// What was said.
    pub gap: Gap,
    /// The likeliest entry when it was grouped.
    pub guess: Option<EntryKey>,
    /// What was done about it.
    pub state: GapState,
    /// In which week that was.
    pub closed: Option<NaiveDate>,
    /// The last week in which it was asked.
    pub last: NaiveDate,
}

impl Kept {
    /// Whether something is to be done about it.
    pub fn is_open(&self) -> bool {
        match self.state {
            GapState::Open => true,
            GapState::Taught | GapState::Written => self.closed.is_none_or(|closed| self.last > closed),
            GapState::NotForUs => false,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    grp: String,
    lang: String,
    entry: String,
    words: String,
    guess: String,
    state: String,
    closed_week: String,
    last_week: String,
}

impl Row {
    fn kept(self) -> Result<Kept, StoreError> {
        let entry = |column, key: &str| match key {
            "" => Ok(None),
            key => sane(TABLE, column, key, key.parse().ok()).map(Some),
        };
        let closed = self.closed_week.as_str();
        Ok(Kept {
            gap: Gap {
                lang: lang(TABLE, &self.lang)?,
                entry: entry("entry", &self.entry)?,
                words: Stripped::from_store(self.words),
            },
            guess: entry("guess", &self.guess)?,
            state: sane(TABLE, "state", &self.state, GapState::parse(&self.state))?,
            closed: if closed.is_empty() { None } else { Some(day(TABLE, "closed_week", closed)?) },
            last: day(TABLE, "last_week", &self.last_week)?,
            group: if self.grp.is_empty() { self.id.clone() } else { self.grp },
            id: self.id,
        })
    }
}

/// Every gap, in the order of their names.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn list(db: &Db) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "SELECT id, grp, lang, entry, words, guess, state, closed_week, last_week FROM gaps ORDER BY id";
    let rows: Vec<Row> = all!(db, SQL);
    rows.into_iter().map(Row::kept).collect()
}

/// The gaps of a group.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn group(db: &Db, group: &str) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "SELECT id, grp, lang, entry, words, guess, state, closed_week, last_week FROM gaps \
         WHERE grp = $1 OR (grp = '' AND id = $1) ORDER BY id";
    let rows: Vec<Row> = all!(db, SQL, group);
    rows.into_iter().map(Row::kept).collect()
}

/// Gaps that have not been held against the others, at most `most`.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn ungrouped(db: &Db, most: i64) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "SELECT id, grp, lang, entry, words, guess, state, closed_week, last_week FROM gaps \
         WHERE grp = '' ORDER BY last_week, id LIMIT $1";
    let rows: Vec<Row> = all!(db, SQL, most);
    rows.into_iter().map(Row::kept).collect()
}

/// How often a gap was asked in a week.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Week {
    /// The gap's name.
    pub gap: String,
    /// The Monday, `YYYY-MM-DD`.
    pub week: String,
    /// How often.
    pub n: i64,
}

/// How often every gap was asked, week by week.
///
/// # Errors
/// Where the database does not answer.
pub async fn weeks(db: &Db) -> Result<Vec<Week>, StoreError> {
    Ok(all!(db, "SELECT gap, week, n FROM gap_weeks ORDER BY gap, week"))
}

/// Puts a gap into a group, with the state of the one that the group was begun with; `guess` is the likeliest entry.
///
/// # Errors
/// Where the database does not answer.
pub async fn place(tx: &mut Tx, id: &str, group: &str, guess: Option<&EntryKey>) -> Result<(), StoreError> {
    const PLACE: &str = "UPDATE gaps SET grp = $2, guess = $3 WHERE id = $1 AND grp = ''";
    const CLOSED: &str = "UPDATE gaps SET state = 'not-for-us' WHERE id = $1 AND id <> $2 \
         AND EXISTS (SELECT 1 FROM gaps AS first WHERE first.id = $2 AND first.state = 'not-for-us')";
    run!(tx, PLACE, id, group, guess.map_or("", EntryKey::as_str));
    run!(tx, CLOSED, id, group);
    Ok(())
}

/// Notes what was done about a group in a week, in one language or in all; gives how many gaps it had.
///
/// # Errors
/// Where the database does not answer.
pub async fn close(
    tx: &mut Tx,
    group: &str,
    of: Option<Lang>,
    state: GapState,
    week: NaiveDate,
) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE gaps SET state = $2, closed_week = $3, grp = $1 \
         WHERE (grp = $1 OR (grp = '' AND id = $1)) AND ($4 = '' OR lang = $4)";
    Ok(run!(tx, SQL, group, state.name(), week.to_string(), of.map_or("", Lang::code)))
}

/// Drops a group; gives how many gaps it had.
///
/// # Errors
/// Where the database does not answer.
pub async fn remove(tx: &mut Tx, group: &str) -> Result<u64, StoreError> {
    const WEEKS: &str =
        "DELETE FROM gap_weeks WHERE gap IN (SELECT id FROM gaps WHERE grp = $1 OR (grp = '' AND id = $1))";
    const GAPS: &str = "DELETE FROM gaps WHERE grp = $1 OR (grp = '' AND id = $1)";
    run!(tx, WEEKS, group);
    Ok(run!(tx, GAPS, group))
}

/// Drops gaps that were last asked before `week`, and of the others all but the `most` that were asked last.
///
/// # Errors
/// Where the database does not answer.
pub async fn drop_old(tx: &mut Tx, week: NaiveDate, most: i64) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM gaps WHERE last_week < $1";
    const BEYOND: &str = "DELETE FROM gaps WHERE id IN \
         (SELECT id FROM gaps ORDER BY last_week DESC, id LIMIT 1000000 OFFSET $1)";
    const WEEKS: &str = "DELETE FROM gap_weeks WHERE gap NOT IN (SELECT id FROM gaps)";
    run!(tx, OLD, week.to_string());
    run!(tx, BEYOND, most);
    run!(tx, WEEKS);
    Ok(())
}
