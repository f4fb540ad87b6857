//! Sums of daily counters over the days of a period, for statistics.

use chrono::NaiveDate;

use crate::domain::statistics::period::Period;
use crate::domain::text::id::TopicKey;
use crate::store::content::rows::day;
use crate::store::db::{Db, StoreError, all};

/// How often something happened in a period.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Total {
    /// What happened.
    pub name: String,
    /// By which door.
    pub door: String,
    /// In which language, or empty.
    pub lang: String,
    /// To what, or empty.
    pub subject: String,
    /// How often.
    pub n: i64,
}

/// How often something happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDay {
    /// The day.
    pub day: NaiveDate,
    /// In which language, or empty.
    pub lang: String,
    /// To what; empty if that was not asked for.
    pub subject: String,
    /// How often.
    pub n: i64,
}

/// The sums of all counters in a period.
pub async fn totals(db: &Db, period: Period) -> Result<Vec<Total>, StoreError> {
    const SQL: &str = "SELECT name, door, lang, subject, CAST(SUM(n) AS BIGINT) AS n FROM counters \
         WHERE day >= $1 AND day <= $2 GROUP BY name, door, lang, subject ORDER BY name, door, lang, subject";
    Ok(all!(db, SQL, period.from().to_string(), period.to().to_string()))
}

/// The daily sums of a counter in a period, by language and subject.
pub async fn by_day(db: &Db, name: &str, period: Period) -> Result<Vec<OnDay>, StoreError> {
    const SQL: &str = "SELECT day, lang, subject, CAST(SUM(n) AS BIGINT) AS n FROM counters \
         WHERE name = $1 AND day >= $2 AND day <= $3 GROUP BY day, lang, subject ORDER BY day, lang, subject";
    rows(all!(db, SQL, name, period.from().to_string(), period.to().to_string()))
}

/// How many answers about a topic were given on each day of a period, by language.
pub async fn answers_by_day(db: &Db, topic: &TopicKey, period: Period) -> Result<Vec<OnDay>, StoreError> {
    const SQL: &str = "SELECT day, lang, '' AS subject, CAST(SUM(n) AS BIGINT) AS n FROM counters \
         WHERE name IN ('answered', 'followed-up', 'chosen', 'opened') AND subject LIKE $1 \
         AND day >= $2 AND day <= $3 GROUP BY day, lang ORDER BY day, lang";
    // Keys hold only small letters, digits and hyphens, none of which is a LIKE pattern.
    rows(all!(db, SQL, format!("{topic}/%"), period.from().to_string(), period.to().to_string()))
}

/// The first day with a counter.
pub async fn first_day(db: &Db) -> Result<Option<NaiveDate>, StoreError> {
    let rows: Vec<(Option<String>,)> = all!(db, "SELECT MIN(day) FROM counters");
    rows.into_iter().find_map(|(first,)| first).map(|first| day("counters", "day", &first)).transpose()
}

fn rows(rows: Vec<(String, String, String, i64)>) -> Result<Vec<OnDay>, StoreError> {
    rows.into_iter()
        .map(|(on, lang, subject, n)| Ok(OnDay { day: day("counters", "day", &on)?, lang, subject, n }))
        .collect()
}
