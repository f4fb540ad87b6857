//! The dashboard: the counts of a period beside the period before, filtered by language or topic; and its exports.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::{Datelike, Months, NaiveDate};
use serde::Deserialize;

use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::statistics::period::{LONGEST_PERIOD, Period};
use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;
use crate::exports::statistics::{Filter, Names, Statistics, csv, json, span, xlsx};
use crate::i18n::Label;
use crate::store::statistics::sums;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::imports::download::{CSV, XLSX, file};
use crate::web::console::page_error::{PageError, PageResult, failed, internal_error};
use crate::web::console::staff_session::StaffSession;
use crate::web::figures::Figures;

/// Periods that end today, in days.
const LAST: [u64; 3] = [7, 30, 90];
/// The default period, in days.
const USUAL: u64 = 30;
/// Most months offered.
const MOST_MONTHS: usize = 24;
/// The choice of typed days.
const OWN: &str = "own";

/// The filters of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    period: String,
    from: String,
    until: String,
    lang: String,
    topic: String,
}

#[derive(Template)]
#[template(path = "console/statistics/stats.html")]
struct Page<'a> {
    session: &'a StaffSession,
    query: &'a PageQuery,
    refusal: Option<String>,
    period: Period,
    months: Vec<(String, String)>,
    topics: Vec<(TopicKey, String)>,
    filter: &'a Filter,
    span: String,
    compared: String,
    figures: Figures<'a>,
}

impl Page<'_> {
    fn is_chosen(&self, lang: impl Borrow<Lang>) -> bool {
        self.filter.lang.as_ref() == Some(lang.borrow())
    }
}

impl PageQuery {
    /// The period; `Err` with the default period if the typed days are invalid.
    fn period(&self, today: NaiveDate) -> Result<Period, Period> {
        let usual = Period::last(USUAL, today);
        match self.period.as_str() {
            "" => Ok(usual),
            OWN => own(&self.from, &self.until).ok_or(usual),
            other => match other.parse() {
                Ok(days) if LAST.contains(&days) => Ok(Period::last(days, today)),
                Ok(_) | Err(_) => Period::parse_month(other).ok_or(usual),
            },
        }
    }

    /// Unknown languages and topics are ignored.
    fn filter(&self, topics: &[(TopicKey, String)]) -> Filter {
        let known = |key: &TopicKey| topics.iter().any(|(topic, _)| topic == key);
        Filter { lang: Lang::parse(&self.lang), topic: self.topic.parse().ok().filter(known) }
    }

    /// The chosen period in the form.
    fn chosen(&self) -> &str {
        if self.period.is_empty() { "30" } else { &self.period }
    }
}

fn own(from: &str, until: &str) -> Option<Period> {
    Period::between(from.trim().parse().ok()?, until.trim().parse().ok()?)
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Statistics)?;
    let (db, today) = (&session.window.app.db, session.today());
    let asked_for = query.period(today);
    let refusal = asked_for.is_err().then(|| session.word(Label::StatsBadPeriod { most: &LONGEST_PERIOD.to_string() }));
    let period = asked_for.unwrap_or_else(|usual| usual);
    let topics = session.topics();
    let filter = query.filter(&topics);
    let names = names(&session, session.lang);
    let statistics = Statistics::inside(db, period, &filter, &names, session.lang, today).await.map_err(failed)?;
    let shown = Page {
        session: &session,
        query: &query,
        refusal,
        period,
        months: months(&session, session.lang).await?,
        topics,
        filter: &filter,
        span: span(session.lang, period),
        compared: session.word(Label::StatsCompared { span: &span(session.lang, statistics.before) }),
        figures: Figures::of_the_dashboard(&statistics, session.may(Right::Read)),
    };
    Ok(rendered(&shown))
}

/// The names of topics, entries and municipalities in a language.
pub(in crate::web::console) fn names(session: &StaffSession, lang: Lang) -> Names {
    let knowledge = session.window.app.live.now();
    Names::of(knowledge.all_topics(), knowledge.entries(), knowledge.municipalities(), lang)
}

/// The months that have counts, the newest first, as `YYYY-MM` and in words.
pub(in crate::web::console) async fn months(
    session: &StaffSession,
    lang: Lang,
) -> Result<Vec<(String, String)>, PageError> {
    let first = sums::first_day(&session.window.app.db).await.map_err(failed)?;
    Ok(months_between(first.unwrap_or_else(|| session.today()), session.today(), lang))
}

/// The months between two days, the newest first.
pub(in crate::web) fn months_between(first: NaiveDate, last: NaiveDate, lang: Lang) -> Vec<(String, String)> {
    let newest = Period::month_of(last).from();
    let months = (0..).map_while(|back| newest.checked_sub_months(Months::new(back)));
    let months = months.take_while(|month| *month >= Period::month_of(first).from()).take(MOST_MONTHS);
    months.map(|month| (month.format("%Y-%m").to_string(), in_words(lang, month))).collect()
}

/// A month in words, such as `novanm 2026`.
pub(in crate::web) fn in_words(lang: Lang, month: NaiveDate) -> String {
    format!("{} {}", lang.about().months[month.month0() as usize], month.year())
}

/// The days that an export covers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct Days {
    from: String,
    until: String,
}

/// `statistics.xlsx`, `.csv` or `.json`: small counts are hidden, because the file leaves the console.
pub(in crate::web::console) async fn export(
    session: StaffSession,
    Path(name): Path<String>,
    Query(days): Query<Days>,
) -> PageResult {
    session.must(&Right::Statistics)?;
    let gone = || session.refuse(&Refusal::Gone);
    let form = name.strip_prefix("statistics.").ok_or_else(gone)?;
    let period = own(&days.from, &days.until).ok_or_else(gone)?;
    let (db, names) = (&session.window.app.db, names(&session, session.lang));
    let statistics = Statistics::outside(db, period, &names, session.lang, session.today()).await.map_err(failed)?;
    written(&session, form, &statistics)
}

fn written(session: &StaffSession, form: &str, statistics: &Statistics) -> Result<Response, PageError> {
    let (kind, bytes) = match form {
        "xlsx" => (XLSX, xlsx(statistics)),
        "csv" => (CSV, csv(statistics)),
        "json" => ("application/json", json(statistics)),
        _ => return Err(session.refuse(&Refusal::Gone)),
    };
    let what = format!("statistics-{}", statistics.period);
    Ok(file(session, &what, form, kind, bytes.map_err(internal_error)?))
}
