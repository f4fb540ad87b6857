//! The public statistics page, opened by a setting of the console: complete months only, small counts hidden.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::app::{InternalError, PUBLIC_STATISTICS};
use crate::domain::statistics::period::Period;
use crate::domain::text::lang::Lang;
use crate::exports::statistics::{Names, Statistics, span};
use crate::i18n::{Label, say};
use crate::store::operations::settings;
use crate::store::statistics::sums;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::chat::visitor::Visitor;
use crate::web::console::{in_words, months_between};
use crate::web::figures::Figures;
use crate::web::window::Window;

/// Five minutes: figures of a complete month do not change, but a page that was turned off should disappear soon.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The month and the language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct PageQuery {
    month: String,
    lang: String,
}

#[derive(Template)]
#[template(path = "public/statistics.html")]
struct Page<'a> {
    lang: Lang,
    month: String,
    months: Vec<(String, String)>,
    title: String,
    compared: String,
    figures: Option<Figures<'a>>,
}

impl Page<'_> {
    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

/// `GET /statistics`.
pub(in crate::web) async fn show(
    State(window): State<Window>,
    Query(query): Query<PageQuery>,
    visitor: Visitor,
) -> Result<Response, InternalError> {
    if let Err(seconds) = window.limits.pass(None, visitor.address) {
        return Ok((StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, HeaderValue::from(seconds))]).into_response());
    }
    let fault = |error| InternalError::new("read public statistics", error);
    let set = settings::list(&window.app.db).await.map_err(fault)?;
    if !set.iter().any(|(key, value)| key == PUBLIC_STATISTICS && value == "yes") {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let lang = Lang::parse(&query.lang).or(visitor.proposed).unwrap_or_else(Lang::first);
    let first = sums::first_day(&window.app.db).await.map_err(fault)?;
    let today = window.app.day(window.app.clock.now());
    // Complete months never overlap: from overlapping periods, single days could be computed by subtraction.
    let last = Period::month_of(today).before();
    let months = first.map_or_else(Vec::new, |first| months_between(first, last.from(), lang));
    let asked_for = months.iter().find(|(month, _)| *month == query.month).or(months.first());
    let month = asked_for.and_then(|(month, _)| Period::parse_month(month));
    let statistics = match month {
        Some(month) => Some(figures(&window, month, lang).await.map_err(fault)?),
        None => None,
    };
    let span = |period| span(lang, period);
    let shown = Page {
        lang,
        title: month.map_or_else(String::new, |month| in_words(lang, month.from())),
        month: month.map_or_else(String::new, |month| month.to_string()),
        months,
        compared: statistics
            .as_ref()
            .map_or_else(String::new, |statistics| say(lang, &Label::StatsCompared { span: &span(statistics.before) })),
        figures: statistics.as_ref().map(Figures::on_paper),
    };
    let mut response = rendered(&shown);
    response.headers_mut().insert(CACHE_CONTROL, KEPT);
    // Without `lang` in the address, the browser's language decides.
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

async fn figures(window: &Window, month: Period, lang: Lang) -> Result<Statistics, crate::store::StoreError> {
    let knowledge = window.app.live.now();
    let names = Names::of(knowledge.all_topics(), knowledge.entries(), knowledge.municipalities(), lang);
    let today = window.app.day(window.app.clock.now());
    Statistics::outside(&window.app.db, month, &names, lang, today).await
}
