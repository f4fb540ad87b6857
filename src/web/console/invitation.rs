//! Coming by an invitation: somebody chooses a name and a password.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::desk::{Shown, see};
use super::refused::{problem, status, words};
use super::sign_in::with_cookie;
use super::staff::role_label;
use crate::actions::{Chosen, SHORTEST_PASSWORD, Trouble, accept_invitation, invitation};
use crate::domain::lang::Lang;
use crate::locale::{Label, say};
use crate::store::accounts::Invitation;
use crate::web::Window;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::page::painted;

#[derive(Template)]
#[template(path = "console/invitation.html")]
struct Page {
    lang: Lang,
    about: String,
    least: String,
    typed: Names,
    refusal: Option<String>,
}

#[derive(Default)]
struct Names {
    login: String,
    name: String,
    shown_as: String,
}

/// What was typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    login: String,
    name: String,
    shown_as: String,
    password: SecretString,
    again: SecretString,
}

impl Page {
    fn of(invitation: &Invitation, typed: Names, refusal: Option<String>) -> Page {
        let lang = invitation.lang;
        let role = say(lang, &role_label(invitation.role));
        let about = say(lang, &Label::InvitationAbout { who: &invitation.invited_by, role: &role });
        Page { lang, about, least: SHORTEST_PASSWORD.to_string(), typed, refusal }
    }

    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

pub(super) async fn show(State(window): State<Window>, Path(token): Path<String>) -> Response {
    match invitation(&window.house, &token).await {
        Ok(Some(invitation)) => painted(&Page::of(&invitation, Names::default(), None)),
        Ok(None) => gone(),
        Err(Trouble::Refused(_)) => gone(),
        Err(Trouble::Failed(fault)) => fault.into_response(),
    }
}

fn gone() -> Response {
    let lang = Lang::first();
    // Nothing is known of somebody whose invitation is gone: every language says it.
    let all: Vec<String> = Lang::all().map(|lang| say(lang, &Label::InvitationGone)).collect();
    let mut page = problem(lang, all.join(" · "));
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}

pub(super) async fn accept(State(window): State<Window>, Path(token): Path<String>, Form(typed): Form<Typed>) -> Shown {
    let Ok(Some(invitation)) = invitation(&window.house, &token).await else { return Ok(gone()) };
    let Typed { login, name, shown_as, password, again } = typed;
    let names = Names { login: login.clone(), name: name.clone(), shown_as: shown_as.clone() };
    let chosen = Chosen { login, name, shown_as, password, again };
    match accept_invitation(&window.house, &token, chosen).await {
        Ok(session) => Ok(with_cookie(see("/console"), &window, &session)),
        Err(Trouble::Refused(refusal)) => {
            let mut page = painted(&Page::of(&invitation, names, Some(words(invitation.lang, &refusal))));
            *page.status_mut() = status(&refusal);
            Ok(page)
        }
        Err(Trouble::Failed(fault)) => Err(fault.into_response().into()),
    }
}
