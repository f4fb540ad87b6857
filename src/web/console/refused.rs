//! Refusals in words, and the error pages that show them.

use std::borrow::Borrow;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::markers::RefusedPage;
use super::page_error::PageError;
use super::staff_session::StaffSession;
use crate::app::AppError;
pub(super) use crate::app::refusal_in_words as words;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;

/// An error page within a staff session.
#[derive(Template)]
#[template(path = "console/refused.html")]
struct Refused<'a> {
    session: &'a StaffSession,
    words: String,
}

/// An error page without a staff session.
#[derive(Template)]
#[template(path = "console/problem.html")]
struct Problem {
    lang: Lang,
    words: String,
}

impl Problem {
    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

impl StaffSession {
    /// Refuses the page if the account does not have the right.
    pub fn must(&self, right: &Right<'_>) -> Result<(), PageError> {
        if self.account.may(right) { Ok(()) } else { Err(self.refuse(&Refusal::NoRight)) }
    }

    /// An error page with this refusal.
    pub fn refuse(&self, refusal: &Refusal) -> PageError {
        page(self, refusal).into()
    }

    /// The refusal to show in the form, or the page of an internal error.
    pub fn refusal_or_page(&self, trouble: AppError) -> Result<Refusal, PageError> {
        match trouble {
            AppError::Refused(refusal) => Ok(refusal),
            AppError::Failed(internal_error) => Err(internal_error.into_response().into()),
        }
    }

    /// The error page for a refusal or an internal error.
    pub fn page_error(&self, trouble: AppError) -> PageError {
        match self.refusal_or_page(trouble) {
            Ok(refusal) => self.refuse(&refusal),
            Err(page_error) => page_error,
        }
    }
}

fn page(session: &StaffSession, refusal: &Refusal) -> Response {
    let words = words(session.lang, refusal);
    let mut response = rendered(&Refused { session, words: words.clone() });
    *response.status_mut() = status(refusal);
    response.extensions_mut().insert(RefusedPage(words));
    response
}

pub(super) fn problem(lang: Lang, words: String) -> Response {
    rendered(&Problem { lang, words })
}

/// The page of an expired link: the visitor's language is unknown, so the message is in all languages.
pub(super) fn gone(label: &Label<'_>) -> Response {
    let all: Vec<String> = Lang::all().map(|lang| say(lang, label)).collect();
    let mut page = problem(Lang::first(), all.join(" · "));
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}

/// The HTTP status of a refusal.
pub(super) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NoRight | Refusal::OwnText | Refusal::Wider | Refusal::OwnAccount => StatusCode::FORBIDDEN,
        Refusal::Gone | Refusal::Invitation | Refusal::PasswordLink => StatusCode::NOT_FOUND,
        Refusal::Changed
        | Refusal::Taken
        | Refusal::WrongState
        | Refusal::Waits
        | Refusal::LoginTaken
        | Refusal::LastAdministrator
        | Refusal::NothingDiffers
        | Refusal::DialogueOver => StatusCode::CONFLICT,
        Refusal::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Problems(_)
        | Refusal::NoReason
        | Refusal::SignIn
        | Refusal::Login
        | Refusal::Name
        | Refusal::Password
        | Refusal::PasswordsDiffer
        | Refusal::Code
        | Refusal::Key
        | Refusal::NotSure
        | Refusal::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
