//! The audit log: who did what and when, searched by person, action, subject and time, and exported as CSV.

use askama::Template;
use axum::extract::Query;
use chrono::{DateTime, Days, NaiveDate};
use serde::Deserialize;

use super::audit_words::audit_words;
use super::names_in_history::{People, who};
use crate::domain::staff::account::Right;
use crate::domain::staff::audit_action::AuditAction;
use crate::exports::spreadsheets::csv_of;
use crate::i18n::Label;
use crate::store::staff::accounts;
use crate::store::staff::audit::{self, Filter, Line};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::imports::download::{CSV, file};
use crate::web::console::page_error::{PageError, PageResult, failed, internal_error};
use crate::web::console::staff_session::StaffSession;

/// Lines per page.
const AT_ONCE: i64 = 50;
/// Most lines of an exported file.
const MOST: i64 = 100_000;
/// Longest text of a change on the page, in characters; the file has all of it.
const LONGEST: usize = 600;

/// The filters of the log.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    who: String,
    action: String,
    subject: String,
    from: String,
    until: String,
    page: Option<i64>,
}

#[derive(Template)]
#[template(path = "console/staff/audit.html")]
struct Page<'a> {
    session: &'a StaffSession,
    query: &'a PageQuery,
    people: People,
    /// The actions that occur in the log: code and words, ordered by the words.
    actions: Vec<(String, String)>,
    lines: Vec<Line>,
    page: i64,
    has_more: bool,
}

impl Page<'_> {
    /// The local time of a line, sortable.
    fn at(&self, line: &Line) -> String {
        at(self.session, line.at)
    }

    /// The person who did it.
    fn who(&self, line: &Line) -> String {
        who(self.session.lang, &self.people.called(line.account.as_deref(), &line.who))
    }

    /// The action in words.
    fn done(&self, line: &Line) -> String {
        words(self.session, &line.action)
    }

    /// The query of this search without its page number.
    fn search(&self) -> String {
        self.query.search()
    }
}

impl PageQuery {
    fn search(&self) -> String {
        let fields = [
            ("who", &self.who),
            ("action", &self.action),
            ("subject", &self.subject),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("{name}={}&", escaped(value))).collect()
    }

    /// Invalid days are ignored.
    fn filter(&self, session: &StaffSession) -> Filter {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let next = |day: NaiveDate| day.checked_add_days(Days::new(1));
        Filter {
            who: text(&self.who),
            action: text(&self.action),
            subject: text(&self.subject),
            from: day(&self.from).and_then(|day| midnight(session, day)),
            until: day(&self.until).and_then(next).and_then(|day| midnight(session, day)),
        }
    }
}

/// The moment at which a local day begins.
fn midnight(session: &StaffSession, day: NaiveDate) -> Option<i64> {
    // Where a clock change skips midnight, the day begins later.
    let hours = (0..3).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
    hours.filter_map(|at| at.and_local_timezone(session.window.app.zone).earliest()).map(|at| at.timestamp()).next()
}

fn at(session: &StaffSession, seconds: i64) -> String {
    let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    time.with_timezone(&session.window.app.zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Percent-encodes a value for an address.
fn escaped(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The action in words, or its code if a newer version of the program wrote it.
fn words(session: &StaffSession, code: &str) -> String {
    AuditAction::parse(code).map_or_else(|| code.to_owned(), |action| session.word(audit_words(action)))
}

/// The beginning of a long text.
fn begun(text: &str) -> String {
    let mut begun: String = text.chars().take(LONGEST).collect();
    if begun.len() < text.len() {
        begun.push('…');
    }
    begun
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Settings)?;
    let db = &session.window.app.db;
    let page = query.page.unwrap_or(1).clamp(1, MOST);
    // Reads one line more than is shown, to tell whether there is another page.
    let mut lines =
        audit::list(db, &query.filter(&session), AT_ONCE + 1, (page - 1) * AT_ONCE).await.map_err(failed)?;
    let has_more = lines.len() as i64 > AT_ONCE;
    lines.truncate(AT_ONCE as usize);
    let people = people(&session).await?;
    let codes = audit::actions(db).await.map_err(failed)?;
    let mut actions: Vec<_> = codes.into_iter().map(|code| (words(&session, &code), code)).collect();
    actions.sort();
    let actions = actions.into_iter().map(|(words, code)| (code, words)).collect();
    Ok(rendered(&Page { session: &session, query: &query, people, actions, lines, page, has_more }))
}

async fn people(session: &StaffSession) -> Result<People, PageError> {
    let db = &session.window.app.db;
    let signed = audit::people(db).await.map_err(failed)?;
    Ok(People::of(signed, accounts::handles(db).await.map_err(failed)?))
}

pub(in crate::web::console) async fn export(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Settings)?;
    let lines = audit::list(&session.window.app.db, &query.filter(&session), MOST, 0).await.map_err(failed)?;
    let bytes = csv(&session, &people(&session).await?, lines)?;
    Ok(file(&session, "audit", "csv", CSV, bytes))
}

fn csv(session: &StaffSession, people: &People, lines: Vec<Line>) -> Result<Vec<u8>, PageError> {
    let header = [
        Label::AuditWhen,
        Label::AuditWho,
        Label::AuditAction,
        Label::AuditCode,
        Label::AuditSubject,
        Label::AuditWas,
        Label::AuditBecame,
    ];
    let mut rows = vec![header.map(|label| session.word(label)).to_vec()];
    rows.extend(lines.into_iter().map(|line| {
        let who = who(session.lang, &people.called(line.account.as_deref(), &line.who));
        let Line { action, subject, was, became, .. } = line;
        let done = words(session, &action);
        vec![at(session, line.at), who, done, action, subject, was.unwrap_or_default(), became.unwrap_or_default()]
    }));
    csv_of(&rows).map_err(internal_error)
}
