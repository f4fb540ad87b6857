//! The monthly report: a month on one page to print or save, in any language.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use super::stats::{in_words, months, names};
use crate::domain::staff::account::Right;
use crate::domain::statistics::period::Period;
use crate::domain::text::lang::Lang;
use crate::exports::statistics::{Statistics, span};
use crate::i18n::{Label, say};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageResult, failed};
use crate::web::console::staff_session::StaffSession;
use crate::web::figures::Figures;

/// The month and the language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    month: String,
    lang: String,
}

#[derive(Template)]
#[template(path = "console/statistics/report.html")]
struct Page<'a> {
    session: &'a StaffSession,
    /// The language of the report.
    lang: Lang,
    month: String,
    months: Vec<(String, String)>,
    title: String,
    span: String,
    compared: String,
    is_over: bool,
    figures: Figures<'a>,
}

impl Page<'_> {
    /// A label in the report's language.
    fn own<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Statistics)?;
    let today = session.today();
    let lang = Lang::parse(&query.lang).unwrap_or(session.lang);
    let months = months(&session, session.lang).await?;
    // The last complete month that has counts.
    let over = months.iter().filter_map(|(month, _)| Period::parse_month(month)).find(|month| month.is_over(today));
    let month = Period::parse_month(&query.month).or(over).unwrap_or_else(|| Period::month_of(today));
    let db = &session.window.app.db;
    let statistics = Statistics::outside(db, month, &names(&session, lang), lang, today).await.map_err(failed)?;
    let shown = Page {
        session: &session,
        lang,
        month: month.to_string(),
        months,
        title: say(lang, &Label::ReportTitle { month: &in_words(lang, month.from()) }),
        span: span(lang, month),
        compared: say(lang, &Label::StatsCompared { span: &span(lang, statistics.before) }),
        is_over: month.is_over(today),
        figures: Figures::on_paper(&statistics),
    };
    Ok(rendered(&shown))
}
