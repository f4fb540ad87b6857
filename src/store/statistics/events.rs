//! Turns events into daily counters and unanswered words; no other code writes them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::content::aspect::Aspect;
use crate::domain::people::chat::Door;
use crate::domain::safety::danger::Level;
use crate::domain::statistics::event::{Event, Occasion, Outcome, Way};
use crate::domain::statistics::feedback::Revision;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::unanswered::group::UnansweredWords;
use crate::store::db::bulk::{self, Value};
use crate::store::db::{Db, StoreError, Tx, on_db};
use crate::store::unanswered::recording::{Gathered, NotTaken};

/// The counter of new unanswered words that exceeded the limit of a day or of an asker.
pub const UNANSWERED_NOT_TAKEN: &str = "gaps-not-taken";

/// The counter of talks that went on about something else after an alarm, by kind of danger.
pub const DANGER_LEFT: &str = "danger-left";

/// The door of staff actions, in counters.
const CONSOLE: &str = "console";

/// How long a translation was outdated, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// At most a day.
    Day,
    /// At most seven days.
    Week,
    /// At most thirty days.
    Month,
    /// Longer.
    Longer,
}

impl Delay {
    /// All steps, the shortest first.
    pub const ALL: [Delay; 4] = [Delay::Day, Delay::Week, Delay::Month, Delay::Longer];

    /// The step of this many days.
    pub fn of(days: i64) -> Delay {
        match days {
            ..=1 => Delay::Day,
            2..=7 => Delay::Week,
            8..=30 => Delay::Month,
            31.. => Delay::Longer,
        }
    }

    /// Its name in counters.
    pub fn name(self) -> &'static str {
        match self {
            Delay::Day => "within-1d",
            Delay::Week => "within-7d",
            Delay::Month => "within-30d",
            Delay::Longer => "longer",
        }
    }
}

/// How often something happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub struct Counter {
    /// `YYYY-MM-DD`
    pub day: String,
    /// What happened.
    pub name: String,
    /// By which door.
    pub door: String,
    /// In which language, or empty.
    pub lang: String,
    /// To what: an entry, a topic, an office…, or empty.
    pub subject: String,
    /// How often.
    pub n: i64,
}

/// The sums of the events of one or more turns.
#[derive(Debug, Default)]
pub struct Tally {
    counters: BTreeMap<(NaiveDate, &'static str, &'static str, &'static str, String), i64>,
    gaps: Gathered,
}

impl Tally {
    /// Adds a turn: its events and their occasion. `asker` is a keyed hash with a daily limit of new unanswered words.
    pub fn add_turn(&mut self, occasion: &Occasion, events: &[Event], asker: Option<&str>) {
        self.add_of(occasion.day, occasion.door, events, asker);
        for event in events {
            self.add_said(occasion, event);
        }
        for (name, opens) in [("active-day", occasion.opens_the_day()), ("active-month", occasion.opens_the_month())] {
            if opens {
                self.count(occasion.day, name, occasion.door.name(), occasion.lang, String::new());
            }
        }
    }

    /// Counts a message in words also by its hour and by the chosen municipality.
    fn add_said(&mut self, occasion: &Occasion, event: &Event) {
        let Event::Message { lang, .. } = event else { return };
        let (day, door) = (occasion.day, occasion.door.name());
        self.count(day, "hour", door, Some(*lang), format!("{:02}", occasion.hour));
        if let Some(municipality) = &occasion.municipality {
            self.count(day, "municipality", door, Some(*lang), municipality.to_string());
        }
    }

    /// Counts a translation that is up to date again after this many days.
    pub fn add_fixed(&mut self, day: NaiveDate, lang: Lang, days: i64) {
        self.count(day, "translation-fixed", CONSOLE, Some(lang), Delay::of(days).name().to_owned());
    }

    fn count(&mut self, day: NaiveDate, name: &'static str, door: &'static str, lang: Option<Lang>, subject: String) {
        *self.counters.entry((day, name, door, lang.map_or("", Lang::code), subject)).or_default() += 1;
    }

    /// Adds events of a day.
    pub fn add(&mut self, day: NaiveDate, door: Door, events: &[Event]) {
        self.add_of(day, door, events, None);
    }

    fn add_of(&mut self, day: NaiveDate, door: Door, events: &[Event], asker: Option<&str>) {
        for (name, lang, subject) in events.iter().flat_map(counted) {
            self.count(day, name, door.name(), lang, subject);
        }
        events.iter().filter_map(unanswered).for_each(|gap| self.gaps.add(day, door, gap, asker));
    }

    /// Writes all counters, sorted so that replicas lock rows in one order (no deadlock).
    pub async fn record(&self, tx: &mut Tx) -> Result<(), StoreError> {
        const HEAD: &str = "INSERT INTO counters (day, name, door, lang, subject, n)";
        const END: &str = "ON CONFLICT (day, name, door, lang, subject) DO UPDATE SET n = counters.n + excluded.n";
        // Unanswered words first: those that exceeded a limit are counted with the rest.
        let mut counters = self.counters.clone();
        for NotTaken { day, door, lang, n } in self.gaps.record(tx).await? {
            *counters.entry((day, UNANSWERED_NOT_TAKEN, door.name(), lang.code(), String::new())).or_default() += n;
        }
        let days: Vec<String> = counters.keys().map(|(day, ..)| day.to_string()).collect();
        let rows: Vec<_> = (counters.iter().zip(&days))
            .map(|(((_, name, door, lang, subject), n), day)| {
                let [day, name, door, lang, subject] = [day, *name, *door, *lang, subject].map(Value::Text);
                [day, name, door, lang, subject, Value::Whole(*n)]
            })
            .collect();
        bulk::insert(tx, HEAD, &rows, END).await?;
        Ok(())
    }
}

/// Counts the events of a turn.
pub async fn record(tx: &mut Tx, day: NaiveDate, door: Door, events: &[Event]) -> Result<(), StoreError> {
    let mut tally = Tally::default();
    tally.add(day, door, events);
    tally.record(tx).await
}

/// The counters that an event adds to: names, languages and subjects.
fn counted(event: &Event) -> Vec<(&'static str, Option<Lang>, String)> {
    match event {
        Event::ChatBegan => vec![("chats-begun", None, String::new())],
        Event::Message { lang, outcome } => {
            let said = ("messages", Some(*lang), String::new());
            vec![said, (outcome.name(), Some(*lang), subject_of(outcome))]
        }
        Event::Chosen { entry, lang } => vec![("chosen", Some(*lang), entry.to_string())],
        Event::Opened { entry, lang } => vec![("opened", Some(*lang), entry.to_string())],
        Event::PartShown { entry, aspect, lang } => vec![(PART_SHOWN, Some(*lang), of_part(entry, *aspect))],
        Event::PartMissing { entry, aspect, lang } => vec![(PART_MISSING, Some(*lang), of_part(entry, *aspect))],
        Event::NoneFitted(lang) => vec![("none-fitted", Some(*lang), String::new())],
        Event::TopicOpened(topic, lang) => vec![("topic-opened", Some(*lang), topic.to_string())],
        Event::DangerShown(sign, lang) => {
            let name = match sign.level {
                Level::Alarm => "danger-shown",
                Level::Care => "danger-care",
            };
            vec![(name, Some(*lang), sign.kind.name().to_owned())]
        }
        Event::DangerLeft(kind, lang) => vec![(DANGER_LEFT, Some(*lang), kind.name().to_owned())],
        Event::OfficesShown(place, lang) => {
            vec![("offices-shown", Some(*lang), place.as_ref().map(ToString::to_string).unwrap_or_default())]
        }
        Event::OfficeShown(office, lang) => vec![("office-shown", Some(*lang), office.to_string())],
        Event::Voted { entry, lang, useful, revision } => {
            let (name, of_text) = if *useful { USEFUL } else { NOT_USEFUL };
            vec![(name, Some(*lang), entry.to_string()), (of_text, Some(*lang), revision_of(entry, *revision))]
        }
        Event::Complained { entry, lang, complaint } => vec![(complaint.name(), Some(*lang), entry.to_string())],
        Event::Unanswered(gap) => {
            vec![("gaps", Some(gap.lang), gap.entry.as_ref().map(ToString::to_string).unwrap_or_default())]
        }
        Event::LanguageChosen(lang) => vec![("language-chosen", Some(*lang), String::new())],
        Event::Forgotten => vec![("forgotten", None, String::new())],
        Event::Retracted => vec![("hushed", None, String::new())],
        Event::QuestionLeft { lang, municipality, .. } => {
            let place = municipality.as_ref().map(ToString::to_string).unwrap_or_default();
            vec![("question-left", Some(*lang), place)]
        }
        Event::QuestionContinued(lang, _) => vec![("question-continued", Some(*lang), String::new())],
        Event::QuestionTakenBack(lang) => vec![("question-taken-back", Some(*lang), String::new())],
        Event::PersonAnswered(lang, wait) => {
            let first = wait.map(|wait| ("first-answer", Some(*lang), wait.name().to_owned()));
            [("person-answered", Some(*lang), String::new())].into_iter().chain(first).collect()
        }
        Event::QuestionClosed(lang) => vec![("question-closed", Some(*lang), String::new())],
        Event::Subscribed(lang, _) => vec![("wish-left", Some(*lang), String::new())],
        Event::SubscriberNotified(lang) => vec![("wish-granted", Some(*lang), String::new())],
    }
}

/// The counters of useful votes: by entry, and by entry and revision of its text.
pub const USEFUL: (&str, &str) = ("useful", "useful-revision");
/// The same for votes that say not useful.
pub const NOT_USEFUL: (&str, &str) = ("not-useful", "not-useful-revision");

/// The counter of parts that were shown, by entry and aspect.
pub const PART_SHOWN: &str = "part-shown";
/// The counter of parts that people asked for and that are missing, by entry and aspect.
pub const PART_MISSING: &str = "part-missing";

/// The name of a part of an entry in counters.
pub fn of_part(entry: &EntryKey, aspect: Aspect) -> String {
    format!("{entry}#{}", aspect.name())
}

/// The entry and aspect of such a name.
pub fn part_of(subject: &str) -> Option<(EntryKey, Aspect)> {
    let (entry, aspect) = subject.split_once('#')?;
    Some((entry.parse().ok()?, Aspect::parse(aspect)?))
}

/// The name of a revision of an entry's text in counters.
pub fn revision_of(entry: &EntryKey, revision: Revision) -> String {
    format!("{entry}@{revision}")
}

/// The unanswered words of an event.
fn unanswered(event: &Event) -> Option<&UnansweredWords> {
    match event {
        Event::Unanswered(gap) => Some(gap),
        Event::ChatBegan
        | Event::Message { .. }
        | Event::Chosen { .. }
        | Event::Opened { .. }
        | Event::PartShown { .. }
        | Event::PartMissing { .. }
        | Event::NoneFitted(_)
        | Event::TopicOpened(..)
        | Event::DangerShown(..)
        | Event::DangerLeft(..)
        | Event::OfficesShown(..)
        | Event::OfficeShown(..)
        | Event::Voted { .. }
        | Event::Complained { .. }
        | Event::LanguageChosen(_)
        | Event::Forgotten
        | Event::Retracted
        | Event::QuestionLeft { .. }
        | Event::QuestionContinued(..)
        | Event::QuestionTakenBack(_)
        | Event::PersonAnswered(..)
        | Event::QuestionClosed(_)
        | Event::Subscribed(..)
        | Event::SubscriberNotified(_) => None,
    }
}

/// The subject of an outcome: an entry, a kind of small talk, or empty.
fn subject_of(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(entry, Way::Asked | Way::FollowedUp) => entry.to_string(),
        Outcome::SmallTalk(kind) => kind.name().to_owned(),
        Outcome::Request(request) => request.kind().to_owned(),
        Outcome::Offered | Outcome::NotUnderstood | Outcome::HelpOnly | Outcome::Offices => String::new(),
    }
}

/// All counters, in order.
pub async fn counters(db: &Db) -> Result<Vec<Counter>, StoreError> {
    const SQL: &str = "SELECT day, name, door, lang, subject, n FROM counters ORDER BY day, name, door, lang, subject";
    Ok(on_db!(db, c => sqlx::query_as(SQL).fetch_all(c))?)
}

/// The daily sums of a counter since `day`, inclusive, the newest first.
pub async fn by_day(db: &Db, name: &str, day: NaiveDate) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "SELECT day, CAST(SUM(n) AS BIGINT) FROM counters WHERE name = $1 AND day >= $2 \
         GROUP BY day ORDER BY day DESC";
    Ok(on_db!(db, c => sqlx::query_as(SQL).bind(name).bind(day.to_string()).fetch_all(c))?)
}

/// The sum of a counter in a language for a subject.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Sum {
    /// The language's code, or empty.
    pub lang: String,
    /// The subject.
    pub subject: String,
    /// How often.
    pub n: i64,
}

/// The sums of a counter since `day`, inclusive, by language and subject, the largest first.
pub async fn sums(db: &Db, name: &str, day: NaiveDate) -> Result<Vec<Sum>, StoreError> {
    const SQL: &str = "SELECT lang, subject, CAST(SUM(n) AS BIGINT) AS n FROM counters WHERE name = $1 AND day >= $2 \
         GROUP BY lang, subject ORDER BY 3 DESC, lang, subject";
    Ok(on_db!(db, c => sqlx::query_as(SQL).bind(name).bind(day.to_string()).fetch_all(c))?)
}
