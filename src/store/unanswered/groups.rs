//! Unanswered words (table `gaps`): redacted words that found no answer, counted by week, and what was done about them.
//!
//! Similar words form a group, which has the id of its first row. Staff decide about a whole group.

use chrono::NaiveDate;

use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;
use crate::domain::unanswered::group::{UnansweredState, UnansweredWords};
use crate::store::content::rows::{day, decode, lang};
use crate::store::db::{Db, StoreError, Tx, all, on_tx, run};

const TABLE: &str = "gaps";

/// A row of unanswered words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// The id of its group; its own id if it has not been grouped.
    pub group: String,
    /// The words.
    pub gap: UnansweredWords,
    /// The likeliest entry at the time of grouping.
    pub guess: Option<EntryKey>,
    /// What was done about it.
    pub state: UnansweredState,
    /// The week in which that was done.
    pub closed: Option<NaiveDate>,
    /// The last week in which it was asked.
    pub last: NaiveDate,
}

impl Kept {
    /// The nearest entry: the one whose answer was of no use, else the likeliest.
    pub fn nearest(&self) -> Option<&EntryKey> {
        self.gap.entry.as_ref().or(self.guess.as_ref())
    }

    /// Whether something is to be done: it is open, or was taught or written and asked again in a later week.
    pub fn is_open(&self) -> bool {
        match self.state {
            UnansweredState::Open => true,
            UnansweredState::Taught | UnansweredState::Written => self.closed.is_none_or(|closed| self.last > closed),
            UnansweredState::NotForUs => false,
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
            key => decode(TABLE, column, key, key.parse().ok()).map(Some),
        };
        let closed = self.closed_week.as_str();
        Ok(Kept {
            gap: UnansweredWords {
                lang: lang(TABLE, &self.lang)?,
                entry: entry("entry", &self.entry)?,
                words: Redacted::from_store(self.words),
            },
            guess: entry("guess", &self.guess)?,
            state: decode(TABLE, "state", &self.state, UnansweredState::parse(&self.state))?,
            closed: if closed.is_empty() { None } else { Some(day(TABLE, "closed_week", closed)?) },
            last: day(TABLE, "last_week", &self.last_week)?,
            group: if self.grp.is_empty() { self.id.clone() } else { self.grp },
            id: self.id,
        })
    }
}

/// All rows, ordered by id.
pub async fn list(db: &Db) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "SELECT id, grp, lang, entry, words, guess, state, closed_week, last_week FROM gaps ORDER BY id";
    let rows: Vec<Row> = all!(db, SQL);
    rows.into_iter().map(Row::kept).collect()
}

/// The rows of a group.
pub async fn group(db: &Db, group: &str) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "SELECT id, grp, lang, entry, words, guess, state, closed_week, last_week FROM gaps \
         WHERE grp = $1 OR (grp = '' AND id = $1) ORDER BY id";
    let rows: Vec<Row> = all!(db, SQL, group);
    rows.into_iter().map(Row::kept).collect()
}

/// At most `most` rows that have not been grouped.
pub async fn ungrouped(db: &Db, most: i64) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "SELECT id, grp, lang, entry, words, guess, state, closed_week, last_week FROM gaps \
         WHERE grp = '' ORDER BY last_week, id LIMIT $1";
    let rows: Vec<Row> = all!(db, SQL, most);
    rows.into_iter().map(Row::kept).collect()
}

/// How often unanswered words were asked in a week.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Week {
    /// The row's id.
    pub gap: String,
    /// The Monday, `YYYY-MM-DD`.
    pub week: String,
    /// How often.
    pub n: i64,
}

/// How often all unanswered words were asked, by week.
pub async fn weeks(db: &Db) -> Result<Vec<Week>, StoreError> {
    Ok(all!(db, "SELECT gap, week, n FROM gap_weeks ORDER BY gap, week"))
}

/// Puts a row into a group and, if the group's first row is not for us, closes it too; `guess` is the likeliest entry.
pub async fn place(tx: &mut Tx, id: &str, group: &str, guess: Option<&EntryKey>) -> Result<(), StoreError> {
    const PLACE: &str = "UPDATE gaps SET grp = $2, guess = $3 WHERE id = $1 AND grp = ''";
    const CLOSED: &str = "UPDATE gaps SET state = 'not-for-us' WHERE id = $1 AND id <> $2 \
         AND EXISTS (SELECT 1 FROM gaps AS first WHERE first.id = $2 AND first.state = 'not-for-us')";
    run!(tx, PLACE, id, group, guess.map_or("", EntryKey::as_str));
    run!(tx, CLOSED, id, group);
    Ok(())
}

/// A closed row: its language and nearest entry.
pub type Closed = (Lang, Option<EntryKey>);

/// Parses the rows that a statement has closed or deleted.
fn closed(rows: Vec<(String, String, String)>) -> Result<Vec<Closed>, StoreError> {
    let one = |(code, entry, guess): (String, String, String)| {
        let nearest = if entry.is_empty() { guess } else { entry };
        let key = match nearest.as_str() {
            "" => None,
            key => Some(decode(TABLE, "guess", key, key.parse().ok())?),
        };
        Ok((lang(TABLE, &code)?, key))
    };
    rows.into_iter().map(one).collect()
}

/// Records what was done about a group in a week, in one language or in all; returns its rows.
pub async fn close(
    tx: &mut Tx,
    group: &str,
    of: Option<Lang>,
    state: UnansweredState,
    week: NaiveDate,
) -> Result<Vec<Closed>, StoreError> {
    const SQL: &str = "UPDATE gaps SET state = $2, closed_week = $3, grp = $1 \
         WHERE (grp = $1 OR (grp = '' AND id = $1)) AND ($4 = '' OR lang = $4) RETURNING lang, entry, guess";
    let (week, of) = (week.to_string(), of.map_or("", Lang::code));
    closed(on_tx!(tx, c => async {
        sqlx::query_as(SQL).bind(group).bind(state.name()).bind(week).bind(of).fetch_all(c).await
    })?)
}

/// Deletes a group; returns its rows.
pub async fn remove(tx: &mut Tx, group: &str) -> Result<Vec<Closed>, StoreError> {
    const WEEKS: &str =
        "DELETE FROM gap_weeks WHERE gap IN (SELECT id FROM gaps WHERE grp = $1 OR (grp = '' AND id = $1))";
    const UNANSWERED: &str = "DELETE FROM gaps WHERE grp = $1 OR (grp = '' AND id = $1) RETURNING lang, entry, guess";
    run!(tx, WEEKS, group);
    closed(on_tx!(tx, c => async { sqlx::query_as(UNANSWERED).bind(group).fetch_all(c).await })?)
}

/// Deletes rows that were last asked before `week`, and all but `most` of those that staff have not judged. Each week
/// keeps about as many rows, the most asked ones: a flood of new rows displaces only itself, never older rows or
/// decisions.
pub async fn drop_old(tx: &mut Tx, week: NaiveDate, most: i64) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM gaps WHERE last_week < $1";
    // The first row of a group with judged rows is kept too: similar words are recognized by it.
    const BEYOND: &str = "DELETE FROM gaps WHERE id IN (SELECT id FROM \
         (SELECT g.id, g.last_week, ROW_NUMBER() OVER (PARTITION BY g.last_week ORDER BY \
         (SELECT COALESCE(SUM(w.n), 0) FROM gap_weeks w WHERE w.gap = g.id) DESC, g.id) AS place \
         FROM gaps g WHERE g.closed_week = '' \
         AND NOT EXISTS (SELECT 1 FROM gaps judged WHERE judged.grp = g.id AND judged.closed_week <> '')) ranked \
         ORDER BY place, last_week DESC, id LIMIT 1000000 OFFSET $1)";
    const WEEKS: &str = "DELETE FROM gap_weeks WHERE gap NOT IN (SELECT id FROM gaps)";
    run!(tx, OLD, week.to_string());
    run!(tx, BEYOND, most);
    run!(tx, WEEKS);
    Ok(())
}
