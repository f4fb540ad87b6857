//! Messages that could not be delivered: when, to which kind of recipient, why, and after how many attempts.
//! The page never shows words or numbers of people. Each message can be retried or dropped.

use askama::Template;
use axum::extract::Form;
use serde::Deserialize;

use crate::app::{Cause, Decision, Meant, decide_undelivered, undelivered};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::i18n::Label;
use crate::store::outbox::undelivered::Undelivered;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// The address of the page.
const HERE: &str = "/console/undelivered";
/// Messages listed at once.
const AT_ONCE: usize = 100;

/// A message in the list.
struct Row {
    id: String,
    written: String,
    kind: Label<'static>,
    cause: Label<'static>,
    /// The error text of Telegram or of the connection.
    said: String,
    attempts: Option<String>,
    /// When it is deleted; `None` if it has no retention period.
    until: Option<String>,
}

#[derive(Template)]
#[template(path = "console/operations/undelivered.html")]
struct Page<'a> {
    session: &'a StaffSession,
    refusal: Option<String>,
    all: usize,
    rows: Vec<Row>,
    /// *All* covers messages set aside up to this time: none that the page did not count.
    seen: i64,
}

/// The requested action and its messages.
#[derive(Deserialize)]
pub(in crate::web::console) struct Wanted {
    act: String,
    /// The id of one message; empty for all that the page counted.
    #[serde(default)]
    id: String,
    #[serde(default)]
    seen: i64,
}

fn row(session: &StaffSession, one: &Undelivered) -> Row {
    let (cause, said) = Cause::of(&one.reason);
    Row {
        id: one.id.clone(),
        written: session.moment(one.queued_ms / 1000),
        kind: if one.for_staff { Label::UndeliveredToStaff } else { Label::UndeliveredToPerson },
        cause: match cause {
            Cause::MayHaveArrived => Label::UndeliveredMayHaveArrived,
            Cause::TriedForADay => Label::UndeliveredTriedForADay,
            Cause::Refused => Label::UndeliveredRefused,
            Cause::NoKey => Label::UndeliveredNoKey,
        },
        said: said.to_owned(),
        attempts: one.attempts.map(|attempts| attempts.to_string()),
        until: one.expires_at.map(|until| session.moment(until)),
    }
}

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    page(&session, None).await
}

async fn page(session: &StaffSession, refusal: Option<&Refusal>) -> PageResult {
    session.must(&Right::Settings)?;
    let all = undelivered(&session.window.app.db).await.map_err(failed)?;
    let shown = Page {
        session,
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
        all: all.len(),
        rows: all.iter().take(AT_ONCE).map(|one| row(session, one)).collect(),
        seen: all.iter().map(|one| one.since).max().unwrap_or_default(),
    };
    Ok(with_status(rendered(&shown), refusal))
}

pub(in crate::web::console) async fn act(session: StaffSession, Form(wanted): Form<Wanted>) -> PageResult {
    session.must(&Right::Settings)?;
    let (decision, done) = match wanted.act.as_str() {
        "again" => (Decision::TryAgain, Notice::TriedAgain),
        "drop" => (Decision::Drop, Notice::Dropped),
        _ => return page(&session, Some(&Refusal::Invalid)).await,
    };
    let meant = if wanted.id.is_empty() { Meant::UpTo(wanted.seen) } else { Meant::One(wanted.id) };
    match decide_undelivered(&session.window.app, &session.account, &meant, decision).await {
        Ok(_) => Ok(redirect_with(HERE, done)),
        Err(error) => page(&session, Some(&session.refusal_or_page(error)?)).await,
    }
}
