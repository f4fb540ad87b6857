//! Records new unanswered words in the commit of their turn, limited per day and per asker (a keyed hash).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::people::chat::Door;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::unanswered::group::{MOST_A_DAY, MOST_OF_ONE, UnansweredState, UnansweredWords, week_of};
use crate::store::db::bulk::{self, Value};
use crate::store::db::{StoreError, Tx, maybe_in, run};

/// Unanswered words of one or more turns, to be written with them: by id and day.
#[derive(Debug, Default)]
pub struct Gathered(BTreeMap<(String, NaiveDate), Asked>);

/// Unanswered words, and how often they were asked.
#[derive(Debug)]
struct Asked {
    gap: UnansweredWords,
    door: Door,
    n: i64,
    /// The askers with a limit, as keyed hashes.
    askers: BTreeSet<String>,
    /// Whether an asker without a limit asked.
    unbounded: bool,
}

/// New words that exceeded a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct NotTaken {
    pub day: NaiveDate,
    pub door: Door,
    pub lang: Lang,
    /// How often they were asked.
    pub n: i64,
}

impl Gathered {
    /// Adds words of a day; the new words of an `asker` (a keyed hash) are limited, those of `None` are not.
    pub(in crate::store) fn add(&mut self, day: NaiveDate, door: Door, gap: &UnansweredWords, asker: Option<&str>) {
        let none = || Asked { gap: gap.clone(), door, n: 0, askers: BTreeSet::new(), unbounded: false };
        let asked = self.0.entry((gap.id(), day)).or_insert_with(none);
        asked.n += 1;
        asked.unbounded |= asker.is_none();
        asked.askers.extend(asker.map(str::to_owned));
    }

    /// Writes all words that are known or within the limits, sorted so that replicas lock rows in one order (no
    /// deadlock); returns the others.
    pub(in crate::store) async fn record(&self, tx: &mut Tx) -> Result<Vec<NotTaken>, StoreError> {
        let bounded: BTreeSet<NaiveDate> =
            self.0.iter().filter(|(_, asked)| !asked.unbounded).map(|((_, day), _)| *day).collect();
        for day in bounded {
            lock(tx, day).await?;
        }
        let mut not_taken = Vec::new();
        for ((id, day), asked) in &self.0 {
            if asked.unbounded || is_known(tx, id).await? || is_taken(tx, *day, asked).await? {
                write(tx, id, *day, asked).await?;
            } else {
                let Asked { gap, door, n, .. } = asked;
                not_taken.push(NotTaken { day: *day, door: *door, lang: gap.lang, n: *n });
            }
        }
        Ok(not_taken)
    }
}

async fn is_known(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    let found: Option<(String,)> = maybe_in!(tx, "SELECT id FROM gaps WHERE id = $1", id);
    Ok(found.is_some())
}

/// Whether one of the askers may add new words on this day.
async fn is_taken(tx: &mut Tx, day: NaiveDate, asked: &Asked) -> Result<bool, StoreError> {
    for asker in &asked.askers {
        if take(tx, day, asker).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn write(tx: &mut Tx, id: &str, day: NaiveDate, Asked { gap, n, .. }: &Asked) -> Result<(), StoreError> {
    const UNANSWERED: &str = "INSERT INTO gaps (id, grp, lang, entry, words, guess, state, closed_week, last_week)";
    const SEEN: &str = "ON CONFLICT (id) DO UPDATE SET last_week = excluded.last_week \
         WHERE gaps.last_week < excluded.last_week";
    const WEEKS: &str = "INSERT INTO gap_weeks (gap, week, n)";
    const AGAIN: &str = "ON CONFLICT (gap, week) DO UPDATE SET n = gap_weeks.n + excluded.n";
    let (entry, week) = (gap.entry.as_ref().map_or("", EntryKey::as_str), week_of(day).to_string());
    let open = UnansweredState::Open.name();
    let row = [id, "", gap.lang.code(), entry, gap.words.as_str(), "", open, "", &week].map(Value::Text);
    bulk::insert(tx, UNANSWERED, &[row], SEEN).await?;
    bulk::insert(tx, WEEKS, &[[Value::Text(id), Value::Text(&week), Value::Whole(*n)]], AGAIN).await?;
    Ok(())
}

/// The row that counts all askers of a day together.
const ALL: &str = "";

/// Locks the limits of this day until the transaction ends. Taken first, so that replicas lock rows in one order (no
/// deadlock).
async fn lock(tx: &mut Tx, day: NaiveDate) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO gap_askers (day, asker, n) VALUES ($1, $2, 0) \
         ON CONFLICT (day, asker) DO UPDATE SET n = gap_askers.n";
    run!(tx, SQL, day.to_string(), ALL);
    Ok(())
}

/// Counts new words of an asker on this day; false if that exceeds the limit of the asker or of the day.
async fn take(tx: &mut Tx, day: NaiveDate, asker: &str) -> Result<bool, StoreError> {
    Ok(count(tx, day, asker, MOST_OF_ONE).await? && count(tx, day, ALL, MOST_A_DAY).await?)
}

async fn count(tx: &mut Tx, day: NaiveDate, asker: &str, most: i64) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO gap_askers (day, asker, n) VALUES ($1, $2, 1) \
         ON CONFLICT (day, asker) DO UPDATE SET n = gap_askers.n + 1 WHERE gap_askers.n < $3";
    Ok(run!(tx, SQL, day.to_string(), asker, most) == 1)
}

/// Deletes the counts of all other days, also of later ones, which a clock has written that has been set back since.
pub async fn drop_others(tx: &mut Tx, today: NaiveDate) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM gap_askers WHERE day <> $1", today.to_string());
    Ok(())
}
