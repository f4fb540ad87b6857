//! The page of an invitation: the invited person chooses a name and a password.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::names_in_history::who;
use super::roles::role_label;
use super::sign_in::{entered, remember};
use crate::app::{AppError, Chosen, SHORTEST_PASSWORD, accept_invitation, invitation};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::store::staff::invitations::Invitation;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageResult, redirect};
use crate::web::console::refused::{self, status, words};
use crate::web::console::session_cookie::with_cookie;
use crate::web::window::Window;

#[derive(Template)]
#[template(path = "console/staff/invitation.html")]
struct Page {
    lang: Lang,
    about: String,
    least: String,
    /// The name shown to people, if the inviting account has set one.
    given: Option<String>,
    form: Names,
    refusal: Option<String>,
}

#[derive(Default)]
struct Names {
    login: String,
    name: String,
    shown_as: String,
}

/// The posted form.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageForm {
    login: String,
    name: String,
    #[serde(default)]
    shown_as: String,
    password: SecretString,
    again: SecretString,
}

impl Page {
    fn of(invitation: &Invitation, form: Names, refusal: Option<String>) -> Page {
        let lang = invitation.lang;
        let role = say(lang, &role_label(invitation.role));
        let about = say(lang, &Label::InvitationAbout { who: &who(lang, &invitation.invited_by), role: &role });
        let (least, given) = (SHORTEST_PASSWORD.to_string(), invitation.shown_as.clone());
        Page { lang, about, least, given, form, refusal }
    }

    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

pub(in crate::web::console) async fn show(State(window): State<Window>, Path(token): Path<String>) -> Response {
    match invitation(&window.app, &token).await {
        Ok(Some(invitation)) => rendered(&Page::of(&invitation, Names::default(), None)),
        Ok(None) => gone(),
        Err(AppError::Refused(_)) => gone(),
        Err(AppError::Failed(internal_error)) => internal_error.into_response(),
    }
}

fn gone() -> Response {
    refused::gone(&Label::InvitationGone)
}

pub(in crate::web::console) async fn accept(
    State(window): State<Window>,
    Path(token): Path<String>,
    Form(form): Form<PageForm>,
) -> PageResult {
    let Ok(Some(invitation)) = invitation(&window.app, &token).await else { return Ok(gone()) };
    let PageForm { login, name, shown_as, password, again } = form;
    let names = Names { login: login.clone(), name: name.clone(), shown_as: shown_as.clone() };
    let chosen = Chosen { login, name, shown_as, password, again };
    match accept_invitation(&window.app, &token, chosen).await {
        Ok(session) => {
            let mut response = with_cookie(redirect(&entered("/console")), &window, &session);
            remember(&mut response, &window, &names.login, &session).await?;
            Ok(response)
        }
        Err(AppError::Refused(refusal)) => {
            let mut page = rendered(&Page::of(&invitation, names, Some(words(invitation.lang, &refusal))));
            *page.status_mut() = status(&refusal);
            Ok(page)
        }
        Err(AppError::Failed(internal_error)) => Err(internal_error.into_response().into()),
    }
}
