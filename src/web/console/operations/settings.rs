//! The settings: how long a verification is valid, how overdue answers are handled, and the labelled questions.

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, Query};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::app::{
    CHECK_DAYS, FEWEST_CHECK_DAYS, LONGEST_OPERATOR, MOST_CHECK_DAYS, PUBLIC_STATISTICS, change_settings,
    keep_questions, open_statistics, remove_question, set_operator,
};
use crate::domain::content::entry::Overdue;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::exports::spreadsheets::{Flaw, Labelled, read_questions};
use crate::i18n::Label;
use crate::store::content::test_questions::{self, TestQuestion};
use crate::store::operations::settings;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::imports::upload::upload;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// The address of the settings.
const HERE: &str = "/console/settings";
/// Labelled questions per page.
const AT_ONCE: usize = 50;

#[derive(Template)]
#[template(path = "console/operations/settings.html")]
struct Page<'a> {
    session: &'a StaffSession,
    refusal: Option<String>,
    overdue: Overdue,
    operator: String,
    longest_operator: usize,
    days: String,
    fewest: String,
    most: String,
    /// Whether the public statistics page is open.
    public: bool,
    questions: Vec<TestQuestion>,
    count: String,
    page: usize,
    pages: usize,
}

/// The settings about verification.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageForm {
    overdue: String,
    check_days: String,
}

/// A labelled question.
#[derive(Deserialize)]
pub(in crate::web::console) struct Question {
    lang: String,
    expected: String,
    text: String,
}

#[derive(Deserialize)]
pub(in crate::web::console) struct PageQuery {
    page: Option<usize>,
}

pub(in crate::web::console) fn overdue_label(overdue: &Overdue) -> Label<'static> {
    match overdue {
        Overdue::Notice => Label::SettingsOverdueNotice,
        Overdue::Replace => Label::SettingsOverdueReplace,
    }
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    page(&session, query.page.unwrap_or(1), None).await
}

async fn page(session: &StaffSession, page: usize, refusal: Option<(Refusal, String)>) -> PageResult {
    session.must(&Right::Settings)?;
    let db = &session.window.app.db;
    let set = settings::list(db).await.map_err(failed)?;
    let value = |key: &str| set.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let all = test_questions::list(db).await.map_err(failed)?;
    let count = all.len().to_string();
    let pages = all.len().div_ceil(AT_ONCE).max(1);
    let page = page.clamp(1, pages);
    let (refusal, refused) = refusal.map_or((None, None), |(refusal, words)| (Some(refusal), Some(words)));
    let shown = Page {
        session,
        refusal: refused,
        overdue: value("overdue").and_then(|name| Overdue::parse(&name)).unwrap_or_default(),
        operator: value("operator").unwrap_or_default(),
        longest_operator: LONGEST_OPERATOR,
        days: value("check_days").unwrap_or_else(|| CHECK_DAYS.to_string()),
        fewest: FEWEST_CHECK_DAYS.to_string(),
        most: MOST_CHECK_DAYS.to_string(),
        public: value(PUBLIC_STATISTICS).is_some_and(|value| value == "yes"),
        questions: all.into_iter().skip((page - 1) * AT_ONCE).take(AT_ONCE).collect(),
        count,
        page,
        pages,
    };
    Ok(with_status(rendered(&shown), refusal.as_ref()))
}

async fn refused(session: &StaffSession, refusal: Refusal) -> PageResult {
    let said = words(session.lang, &refusal);
    page(session, 1, Some((refusal, said))).await
}

async fn flawed(session: &StaffSession, row: u32, flaw: &Flaw) -> PageResult {
    let what = flaw.words(session.lang);
    let said = match row {
        0 => what,
        row => session.word(Label::SettingsAtRow { row: &row.to_string(), what: &what }),
    };
    page(session, 1, Some((Refusal::Invalid, said))).await
}

pub(in crate::web::console) async fn save(session: StaffSession, Form(typed): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let parsed = Overdue::parse(&typed.overdue).zip(typed.check_days.trim().parse().ok());
    let Some((overdue, days)) = parsed else { return refused(&session, Refusal::Invalid).await };
    match change_settings(&session.window.app, &session.account, overdue, days).await {
        Ok(()) => Ok(redirect_with(HERE, Notice::Saved)),
        Err(error) => refused(&session, session.refusal_or_page(error)?).await,
    }
}

/// Whether the public statistics page is open.
#[derive(Deserialize)]
pub(in crate::web::console) struct Public {
    #[serde(default)]
    public: String,
}

pub(in crate::web::console) async fn save_public(session: StaffSession, Form(typed): Form<Public>) -> PageResult {
    match open_statistics(&session.window.app, &session.account, typed.public == "yes").await {
        Ok(()) => Ok(redirect_with(HERE, Notice::Saved)),
        Err(error) => Err(session.page_error(error)),
    }
}

/// The operator of the bot.
#[derive(Deserialize)]
pub(in crate::web::console) struct Operator {
    operator: String,
}

pub(in crate::web::console) async fn operator(session: StaffSession, Form(typed): Form<Operator>) -> PageResult {
    session.must(&Right::Settings)?;
    match set_operator(&session.window.app, &session.account, &typed.operator).await {
        Ok(()) => Ok(redirect_with(HERE, Notice::Saved)),
        Err(error) => refused(&session, session.refusal_or_page(error)?).await,
    }
}

pub(in crate::web::console) async fn add(session: StaffSession, Form(typed): Form<Question>) -> PageResult {
    session.must(&Right::Settings)?;
    match Labelled::typed(&typed.lang, &typed.expected, &typed.text) {
        Ok(labelled) => keep(&session, vec![labelled]).await,
        Err((_, flaw)) => flawed(&session, 0, &flaw).await,
    }
}

pub(in crate::web::console) async fn import(
    session: StaffSession,
    form: Result<Multipart, MultipartRejection>,
) -> PageResult {
    session.must(&Right::Settings)?;
    let uploaded = match form {
        Ok(form) => upload(form).await,
        Err(_) => Ok(None),
    };
    match uploaded {
        Err(flaw) => flawed(&session, 0, &flaw).await,
        Ok(None) => page(&session, 1, Some((Refusal::Invalid, session.word(Label::TablesNoFile)))).await,
        Ok(Some(file)) => match read_questions(&file.bytes) {
            Ok(labelled) => keep(&session, labelled).await,
            Err((row, flaw)) => flawed(&session, row, &flaw).await,
        },
    }
}

async fn keep(session: &StaffSession, labelled: Vec<Labelled>) -> PageResult {
    let knowledge = session.window.app.live.now();
    let missing = labelled.iter().filter_map(|one| one.expected.as_ref()).find(|key| knowledge.entry(key).is_none());
    if let Some(key) = missing {
        return flawed(session, 0, &Flaw::NoSuch(key.to_string())).await;
    }
    match keep_questions(&session.window.app, &session.account, labelled).await {
        Ok(_) => Ok(redirect_with(HERE, Notice::Questions)),
        Err(error) => refused(session, session.refusal_or_page(error)?).await,
    }
}

pub(in crate::web::console) async fn remove(session: StaffSession, Path(id): Path<String>) -> PageResult {
    match remove_question(&session.window.app, &session.account, &id).await {
        Ok(()) => Ok(redirect_with(HERE, Notice::Removed)),
        Err(error) => Err(session.page_error(error)),
    }
}
