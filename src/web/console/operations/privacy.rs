//! The page about personal data: retention periods, answers to people's requests, and what to do after a data breach.

use askama::Template;

use crate::app::{BREACH, KEPT_DATA, RIGHTS};
use crate::domain::staff::account::Right;
use crate::i18n::{Label, Phrase, say};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::PageResult;
use crate::web::console::staff_session::StaffSession;

#[derive(Template)]
#[template(path = "console/operations/privacy.html")]
struct Page<'a> {
    session: &'a StaffSession,
    /// The operator of the bot, or the text that none is set yet.
    operator: String,
}

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    session.must(&Right::Statistics)?;
    let knowledge = session.window.app.live.now();
    let nobody = || say(session.lang, &Phrase::PrivacyNobody);
    let operator = knowledge.operator().map_or_else(nobody, str::to_owned);
    Ok(rendered(&Page { session: &session, operator }))
}
