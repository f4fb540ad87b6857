//! Events become daily counters here, and nowhere else.

use chrono::NaiveDate;

use super::db::{Db, StoreError, Tx, on_db, on_tx};
use crate::domain::chat::Door;
use crate::domain::event::{Event, Outcome, Way};
use crate::domain::lang::Lang;

/// How often something happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub struct Counter {
    /// `YYYY-MM-DD`
    pub day: String,
    /// What happened.
    pub name: String,
    /// By which door.
    pub door: String,
    /// In which language, or nothing.
    pub lang: String,
    /// To what: an entry, a topic, an office…, or nothing.
    pub subject: String,
    /// How often.
    pub n: i64,
}

/// Counts the events of a turn.
///
/// # Errors
/// Where the database does not answer.
pub async fn record(tx: &mut Tx, day: NaiveDate, door: Door, events: &[Event]) -> Result<(), StoreError> {
    for event in events {
        for (name, lang, subject) in counted(event) {
            count(tx, day, name, door, lang, &subject).await?;
        }
    }
    Ok(())
}

/// What an event adds to: names, languages and subjects of counters.
fn counted(event: &Event) -> Vec<(&'static str, Option<Lang>, String)> {
    match event {
        Event::ChatBegan => vec![("chats-begun", None, String::new())],
        Event::Said { lang, outcome } => {
            let said = ("messages", Some(*lang), String::new());
            let (name, subject) = outcome_of(outcome);
            vec![said, (name, Some(*lang), subject)]
        }
        Event::Chosen { entry, lang } => vec![("chosen", Some(*lang), entry.to_string())],
        Event::Opened { entry, lang } => vec![("opened", Some(*lang), entry.to_string())],
        Event::NoneFitted(lang) => vec![("none-fitted", Some(*lang), String::new())],
        Event::TopicOpened(topic, lang) => vec![("topic-opened", Some(*lang), topic.to_string())],
        Event::DangerShown(danger, lang) => vec![("danger-shown", Some(*lang), danger.name().to_owned())],
        Event::OfficesShown(place, lang) => {
            vec![("offices-shown", Some(*lang), place.as_ref().map(ToString::to_string).unwrap_or_default())]
        }
        Event::OfficeShown(office, lang) => vec![("office-shown", Some(*lang), office.to_string())],
        Event::Voted { entry, lang, useful } => {
            vec![(if *useful { "useful" } else { "not-useful" }, Some(*lang), entry.to_string())]
        }
        Event::LanguageChosen(lang) => vec![("language-chosen", Some(*lang), String::new())],
        Event::Forgotten => vec![("forgotten", None, String::new())],
    }
}

fn outcome_of(outcome: &Outcome) -> (&'static str, String) {
    match outcome {
        Outcome::Answered(entry, Way::Asked) => ("answered", entry.to_string()),
        Outcome::Answered(entry, Way::FollowedUp) => ("followed-up", entry.to_string()),
        Outcome::Offered => ("offered", String::new()),
        Outcome::NotUnderstood => ("not-understood", String::new()),
        Outcome::HelpOnly => ("help-only", String::new()),
        Outcome::SmallTalk(kind) => ("small-talk", kind.name().to_owned()),
        Outcome::Offices => ("place-named", String::new()),
    }
}

async fn count(
    tx: &mut Tx,
    day: NaiveDate,
    name: &str,
    door: Door,
    lang: Option<Lang>,
    subject: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO counters (day, name, door, lang, subject, n) VALUES ($1, $2, $3, $4, $5, 1) \
         ON CONFLICT (day, name, door, lang, subject) DO UPDATE SET n = counters.n + 1";
    let (day, lang) = (day.to_string(), lang.map_or("", Lang::code));
    on_tx!(tx, c => async {
        sqlx::query(SQL).bind(day).bind(name).bind(door.name()).bind(lang).bind(subject).execute(c).await.map(|_| ())
    })?;
    Ok(())
}

/// All counters, in order.
///
/// # Errors
/// Where the database does not answer.
pub async fn counters(db: &Db) -> Result<Vec<Counter>, StoreError> {
    const SQL: &str = "SELECT day, name, door, lang, subject, n FROM counters ORDER BY day, name, door, lang, subject";
    Ok(on_db!(db, c => sqlx::query_as(SQL).fetch_all(c))?)
}

/// How often something happened in a language to a subject.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Sum {
    /// The language's code, or nothing.
    pub lang: String,
    /// To what.
    pub subject: String,
    /// How often.
    pub n: i64,
}

/// How often something of this name happened since `day`, that day included, by language and subject; most often first.
///
/// # Errors
/// Where the database does not answer.
pub async fn sums(db: &Db, name: &str, day: NaiveDate) -> Result<Vec<Sum>, StoreError> {
    const SQL: &str = "SELECT lang, subject, CAST(SUM(n) AS BIGINT) AS n FROM counters WHERE name = $1 AND day >= $2 \
         GROUP BY lang, subject ORDER BY 3 DESC, lang, subject";
    Ok(on_db!(db, c => sqlx::query_as(SQL).bind(name).bind(day.to_string()).fetch_all(c))?)
}
