//! Events become daily counters here, and nowhere else.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::db::{Db, StoreError, Tx, on_db};
use super::many::{self, Value};
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

/// What the events of one or more turns add up to.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<(NaiveDate, &'static str, &'static str, &'static str, String), i64>);

impl Tally {
    /// Adds the events of a turn.
    pub fn add(&mut self, day: NaiveDate, door: Door, events: &[Event]) {
        for (name, lang, subject) in events.iter().flat_map(counted) {
            *self.0.entry((day, name, door.name(), lang.map_or("", Lang::code), subject)).or_default() += 1;
        }
    }

    /// Adds everything to the counters, in an order that is the same for all: who waits for each other's rows in
    /// different orders waits for ever.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn record(&self, tx: &mut Tx) -> Result<(), StoreError> {
        const HEAD: &str = "INSERT INTO counters (day, name, door, lang, subject, n)";
        const END: &str = "ON CONFLICT (day, name, door, lang, subject) DO UPDATE SET n = counters.n + excluded.n";
        let days: Vec<String> = self.0.keys().map(|(day, ..)| day.to_string()).collect();
        let rows: Vec<_> = (self.0.iter().zip(&days))
            .map(|(((_, name, door, lang, subject), n), day)| {
                let [day, name, door, lang, subject] = [day, *name, *door, *lang, subject].map(Value::Text);
                [day, name, door, lang, subject, Value::Whole(*n)]
            })
            .collect();
        many::insert(tx, HEAD, &rows, END).await?;
        Ok(())
    }
}

/// Counts the events of a turn.
///
/// # Errors
/// Where the database does not answer.
pub async fn record(tx: &mut Tx, day: NaiveDate, door: Door, events: &[Event]) -> Result<(), StoreError> {
    let mut tally = Tally::default();
    tally.add(day, door, events);
    tally.record(tx).await
}

/// What an event adds to: names, languages and subjects of counters.
fn counted(event: &Event) -> Vec<(&'static str, Option<Lang>, String)> {
    match event {
        Event::ChatBegan => vec![("chats-begun", None, String::new())],
        Event::Said { lang, outcome } => {
            let said = ("messages", Some(*lang), String::new());
            vec![said, (outcome.name(), Some(*lang), subject_of(outcome))]
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
        Event::Hushed => vec![("hushed", None, String::new())],
    }
}

/// To what an outcome is counted: an entry, a kind of small talk, or nothing.
fn subject_of(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(entry, Way::Asked | Way::FollowedUp) => entry.to_string(),
        Outcome::SmallTalk(kind) => kind.name().to_owned(),
        Outcome::Offered | Outcome::NotUnderstood | Outcome::HelpOnly | Outcome::Offices => String::new(),
    }
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
