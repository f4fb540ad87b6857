//! Loads the counters of a period and of the one before, and the state of the texts, in few queries.

use chrono::NaiveDate;

use crate::domain::statistics::period::Period;
use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;
use crate::store::content::overview::{self, EntryOverview};
use crate::store::statistics::sums::{self, OnDay, Total};
use crate::store::{Db, StoreError};

/// The filter of the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only this language.
    pub lang: Option<Lang>,
    /// Only answers about this topic.
    pub topic: Option<TopicKey>,
}

/// The counters of answers: by words, by words that follow others, or by a button.
pub(super) const ANSWERS: [&str; 4] = ["answered", "followed-up", "chosen", "opened"];

/// The query results for a period.
pub(super) struct Gathered {
    pub period: Period,
    pub filter: Filter,
    pub today: NaiveDate,
    pub now: Vec<Total>,
    pub before: Vec<Total>,
    /// Messages per day; with a topic filter, answers about that topic.
    pub course: Vec<OnDay>,
    /// Messages per day and hour.
    pub hours: Vec<OnDay>,
    pub texts: Vec<EntryOverview>,
}

/// Runs the queries.
pub(super) async fn gather(db: &Db, period: Period, filter: &Filter, today: NaiveDate) -> Result<Gathered, StoreError> {
    let mut course = match &filter.topic {
        Some(topic) => sums::answers_by_day(db, topic, period).await?,
        None => sums::by_day(db, "messages", period).await?,
    };
    let mut hours = sums::by_day(db, "hour", period).await?;
    let mut now = sums::totals(db, period).await?;
    let mut before = sums::totals(db, period.before()).await?;
    if let Some(lang) = filter.lang {
        course.retain(|on| on.lang == lang.code());
        hours.retain(|on| on.lang == lang.code());
        now.retain(|total| total.lang == lang.code());
        before.retain(|total| total.lang == lang.code());
    }
    let texts = overview::entries(db).await?;
    Ok(Gathered { period, filter: filter.clone(), today, now, before, course, hours, texts })
}

/// The totals to add up.
#[derive(Clone, Copy)]
pub(super) struct Sum<'a>(pub &'a [Total]);

impl<'a> Sum<'a> {
    /// How often any of these events happened, in totals for which `fits` is true.
    pub fn of(self, names: &[&str], fits: impl Fn(&Total) -> bool) -> u64 {
        let totals = self.0.iter().filter(|total| names.contains(&total.name.as_str()) && fits(total));
        totals.map(|total| total.n.unsigned_abs()).sum()
    }

    /// How often any of these events happened.
    pub fn all(self, names: &[&str]) -> u64 {
        self.of(names, |_| true)
    }

    /// How often any of these events happened in a language.
    pub fn in_lang(self, names: &[&str], lang: Lang) -> u64 {
        self.of(names, |total| total.lang == lang.code())
    }

    /// How often any of these events happened to a subject.
    pub fn to(self, names: &[&str], subject: &str) -> u64 {
        self.of(names, |total| total.subject == subject)
    }

    /// The subjects of these events.
    pub fn subjects(self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(|total| names.contains(&total.name.as_str())).map(|total| total.subject.as_str())
    }
}
