//! The page that links one's own account to Telegram: a code to link it, unlinking, and reminders.

use askama::Template;
use axum::extract::Form;
use serde::Deserialize;

use super::account::with_status;
use crate::app::{AppError, change_reminders, make_link_code, unlink_telegram};
use crate::domain::staff::refusal::Refusal;
use crate::i18n::Label;
use crate::store::staff::telegram_links;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff_session::StaffSession;

/// The address of the page.
const HERE: &str = "/console/account/telegram";

#[derive(Template)]
#[template(path = "console/staff/account_telegram.html")]
struct Page<'a> {
    session: &'a StaffSession,
    refusal: Option<String>,
    /// The new code, shown once.
    code: Option<&'a str>,
    /// When the account was linked.
    since: Option<String>,
    /// Whether reminders are on; `None` if the account is not linked.
    reminders: Option<bool>,
}

/// The setting of reminders.
#[derive(Deserialize)]
pub(in crate::web::console) struct Wanted {
    #[serde(default)]
    on: String,
}

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    page(&session, None, None).await
}

async fn page(session: &StaffSession, code: Option<&str>, refusal: Option<&Refusal>) -> PageResult {
    let link = telegram_links::of_account(&session.window.app.db, &session.account.id).await.map_err(failed)?;
    let shown = Page {
        session,
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
        code,
        since: link.as_ref().map(|link| session.moment(link.linked_at)),
        reminders: link.map(|link| link.reminders),
    };
    Ok(with_status(rendered(&shown), refusal))
}

pub(in crate::web::console) async fn make_code(session: StaffSession) -> PageResult {
    let code =
        make_link_code(&session.window.app, &session.account).await.map_err(|error| session.page_error(error))?;
    page(&session, Some(&code), None).await
}

pub(in crate::web::console) async fn unlink(session: StaffSession) -> PageResult {
    let done = unlink_telegram(&session.window.app, &session.account).await;
    after(&session, done, Notice::Unlinked).await
}

pub(in crate::web::console) async fn reminders(session: StaffSession, Form(wanted): Form<Wanted>) -> PageResult {
    let done = change_reminders(&session.window.app, &session.account, wanted.on == "yes").await;
    after(&session, done, Notice::Saved).await
}

async fn after(session: &StaffSession, done: Result<(), AppError>, what: Notice) -> PageResult {
    match done {
        Ok(()) => Ok(redirect_with(HERE, what)),
        Err(error) => page(session, None, Some(&session.refusal_or_page(error)?)).await,
    }
}
