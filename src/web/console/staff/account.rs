//! The page of one's own account: names, language, password, sessions, and changes made by others.

use askama::Template;
use axum::extract::Form;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;

use super::audit_words::audit_words;
use crate::app::{AppError, SHORTEST_PASSWORD, change_names, change_password, done_to_account, end_sessions};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::staff::{second_factors, sessions};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::refused::{status, words};
use crate::web::console::staff_session::StaffSession;

/// The address of the page.
const HERE: &str = "/console/account";

#[derive(Template)]
#[template(path = "console/staff/account.html")]
struct Page<'a> {
    session: &'a StaffSession,
    refusal: Option<String>,
    least: String,
    sessions: String,
    /// Recovery codes left.
    codes: i64,
    by_others: Vec<ByOthers>,
}

/// The name shown to colleagues, and the language.
#[derive(Deserialize)]
pub(in crate::web::console) struct Names {
    name: String,
    lang: String,
}

/// The posted passwords.
#[derive(Deserialize)]
pub(in crate::web::console) struct Passwords {
    old: SecretString,
    new: SecretString,
    again: SecretString,
}

/// A change of the account made by somebody else.
struct ByOthers {
    when: String,
    who: String,
    what: String,
}

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    page(&session, None).await
}

async fn page(session: &StaffSession, refusal: Option<&Refusal>) -> PageResult {
    let app = &session.window.app;
    let open = sessions::of(&app.db, &session.account.id).await.map_err(failed)?;
    let shown = Page {
        session,
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
        least: SHORTEST_PASSWORD.to_string(),
        sessions: open.len().to_string(),
        codes: second_factors::codes_left(&app.db, &session.account.id).await.map_err(failed)?,
        by_others: by_others(session).await?,
    };
    Ok(with_status(rendered(&shown), refusal))
}

async fn by_others(session: &StaffSession) -> Result<Vec<ByOthers>, PageError> {
    let done = done_to_account(&session.window.app, &session.account).await.map_err(failed)?;
    let told = done.into_iter().map(|(action, line)| ByOthers {
        when: session.moment(line.at),
        who: line.who,
        what: session.word(audit_words(action)),
    });
    Ok(told.collect())
}

pub(in crate::web::console) fn with_status(mut response: Response, refusal: Option<&Refusal>) -> Response {
    if let Some(refusal) = refusal {
        *response.status_mut() = status(refusal);
    }
    response
}

pub(in crate::web::console) async fn after(
    session: &StaffSession,
    done: Result<(), AppError>,
    what: Notice,
) -> PageResult {
    match done {
        Ok(()) => Ok(redirect_with(HERE, what)),
        Err(error) => page(session, Some(&session.refusal_or_page(error)?)).await,
    }
}

pub(in crate::web::console) async fn save(session: StaffSession, Form(names): Form<Names>) -> PageResult {
    let lang = Lang::parse(&names.lang).unwrap_or(session.lang);
    let done = change_names(&session.window.app, &session.account, &names.name, lang).await;
    after(&session, done, Notice::Saved).await
}

pub(in crate::web::console) async fn password(session: StaffSession, Form(form): Form<Passwords>) -> PageResult {
    let new = (form.new, form.again);
    let done = change_password(&session.window.app, &session.account, &session.token, form.old, new).await;
    after(&session, done, Notice::Password).await
}

pub(in crate::web::console) async fn end_sessions_now(session: StaffSession) -> PageResult {
    let done = end_sessions(&session.window.app, &session.account, &session.token).await;
    after(&session, done, Notice::Sessions).await
}
