//! The page for choosing a new password through a link that an administrator created.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::sign_in;
use crate::app::{AppError, SHORTEST_PASSWORD, choose_password, password_link};
use crate::domain::staff::account::Account;
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageResult, redirect};
use crate::web::console::refused::{gone, status, words};
use crate::web::window::Window;

#[derive(Template)]
#[template(path = "console/staff/new_password.html")]
struct Page {
    lang: Lang,
    login: String,
    least: String,
    refusal: Option<String>,
}

impl Page {
    fn of(account: &Account, refusal: Option<String>) -> Page {
        Page { lang: account.lang, login: account.login.clone(), least: SHORTEST_PASSWORD.to_string(), refusal }
    }

    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

/// The posted form.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageForm {
    new: SecretString,
    again: SecretString,
}

pub(in crate::web::console) async fn show(State(window): State<Window>, Path(token): Path<String>) -> Response {
    match password_link(&window.app, &token).await {
        Ok(Some(account)) => rendered(&Page::of(&account, None)),
        Ok(None) | Err(AppError::Refused(_)) => gone(&Label::RefusedPasswordLink),
        Err(AppError::Failed(internal_error)) => internal_error.into_response(),
    }
}

pub(in crate::web::console) async fn choose(
    State(window): State<Window>,
    Path(token): Path<String>,
    Form(form): Form<PageForm>,
) -> PageResult {
    let Ok(Some(account)) = password_link(&window.app, &token).await else {
        return Ok(gone(&Label::RefusedPasswordLink));
    };
    match choose_password(&window.app, &token, (form.new, form.again)).await {
        Ok(_) => Ok(redirect(sign_in::CHANGED)),
        Err(AppError::Refused(refusal)) => {
            let mut page = rendered(&Page::of(&account, Some(words(account.lang, &refusal))));
            *page.status_mut() = status(&refusal);
            Ok(page)
        }
        Err(AppError::Failed(internal_error)) => Err(internal_error.into_response().into()),
    }
}
