//! One's own Telegram: a code to link it, unlinking, and whether reminders come.

use askama::Template;
use axum::extract::Form;
use serde::Deserialize;

use super::account::with_status;
use crate::app::{AppError, change_reminders, make_link_code, unlink_telegram};
use crate::domain::staff::refusal::Refusal;
use crate::i18n::Label;
use crate::store::staff::telegram_links;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::painted;
use crate::web::console::notice::Done;
use crate::web::console::refused::words;
use crate::web::console::staff_session::{Desk, PageResult, failed, redirect_with};

/// Where it is.
const HERE: &str = "/console/account/telegram";

#[derive(Template)]
#[template(path = "console/staff/account_telegram.html")]
struct Page<'a> {
    desk: &'a Desk,
    refusal: Option<String>,
    /// The code that was just made; it is shown this once.
    code: Option<&'a str>,
    /// Since when the account is linked.
    since: Option<String>,
    /// Whether reminders come, where the account is linked.
    reminders: Option<bool>,
}

/// Whether reminders shall come.
#[derive(Deserialize)]
pub(in crate::web::console) struct Wanted {
    #[serde(default)]
    on: String,
}

pub(in crate::web::console) async fn show(desk: Desk) -> PageResult {
    page(&desk, None, None).await
}

async fn page(desk: &Desk, code: Option<&str>, refusal: Option<&Refusal>) -> PageResult {
    let link = telegram_links::of_account(&desk.window.app.db, &desk.account.id).await.map_err(failed)?;
    let shown = Page {
        desk,
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
        code,
        since: link.as_ref().map(|link| desk.moment(link.linked_at)),
        reminders: link.map(|link| link.reminders),
    };
    Ok(with_status(painted(&shown), refusal))
}

pub(in crate::web::console) async fn make_code(desk: Desk) -> PageResult {
    let code = make_link_code(&desk.window.app, &desk.account).await.map_err(|error| desk.page_error(error))?;
    page(&desk, Some(&code), None).await
}

pub(in crate::web::console) async fn unlink(desk: Desk) -> PageResult {
    let done = unlink_telegram(&desk.window.app, &desk.account).await;
    after(&desk, done, Done::Unlinked).await
}

pub(in crate::web::console) async fn reminders(desk: Desk, Form(wanted): Form<Wanted>) -> PageResult {
    let done = change_reminders(&desk.window.app, &desk.account, wanted.on == "yes").await;
    after(&desk, done, Done::Saved).await
}

async fn after(desk: &Desk, done: Result<(), AppError>, what: Done) -> PageResult {
    match done {
        Ok(()) => Ok(redirect_with(HERE, what)),
        Err(error) => page(desk, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}
