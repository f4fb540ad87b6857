//! One's own account: names, language, password, second factor, sessions.

use askama::Template;
use axum::extract::Form;
use axum::response::Response;
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::SecretString;
use serde::Deserialize;

use super::desk::{Desk, No, Shown, failed, see_done};
use super::done::Done;
use super::refused::{status, words};
use crate::actions::{
    SHORTEST_PASSWORD, SecondFactor, Trouble, change_names, change_password, end_sessions, second_factor_off,
    second_factor_on,
};
use crate::domain::lang::Lang;
use crate::domain::refusal::Refusal;
use crate::locale::Label;
use crate::store::sessions;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::page::painted;

/// Where one's own account is.
const HERE: &str = "/console/account";

#[derive(Template)]
#[template(path = "console/own.html")]
struct Page<'a> {
    desk: &'a Desk,
    refusal: Option<String>,
    least: String,
    sessions: String,
}

#[derive(Template)]
#[template(path = "console/second_factor.html")]
struct Second<'a> {
    desk: &'a Desk,
    refusal: Option<String>,
    /// The secret, sealed, on its way through the form.
    sealed: String,
    picture: String,
    words: String,
}

/// Names and language.
#[derive(Deserialize)]
pub(super) struct Names {
    name: String,
    shown_as: String,
    lang: String,
}

/// Passwords.
#[derive(Deserialize)]
pub(super) struct Passwords {
    old: SecretString,
    new: SecretString,
    again: SecretString,
}

/// The second factor's secret and its first code.
#[derive(Deserialize)]
pub(super) struct First {
    sealed: String,
    code: String,
}

/// A password that proves who it is.
#[derive(Deserialize)]
pub(super) struct Proof {
    password: SecretString,
}

pub(super) async fn show(desk: Desk) -> Shown {
    page(&desk, None).await
}

async fn page(desk: &Desk, refusal: Option<&Refusal>) -> Shown {
    let open = sessions::of(&desk.window.house.db, &desk.account.id).await.map_err(failed)?;
    let shown = Page {
        desk,
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
        least: SHORTEST_PASSWORD.to_string(),
        sessions: open.len().to_string(),
    };
    Ok(with_status(painted(&shown), refusal))
}

pub(super) fn with_status(mut response: Response, refusal: Option<&Refusal>) -> Response {
    if let Some(refusal) = refusal {
        *response.status_mut() = status(refusal);
    }
    response
}

async fn after(desk: &Desk, done: Result<(), Trouble>, what: Done) -> Shown {
    match done {
        Ok(()) => Ok(see_done(HERE, what)),
        Err(trouble) => page(desk, Some(&desk.mend(trouble)?)).await,
    }
}

pub(super) async fn save(desk: Desk, Form(names): Form<Names>) -> Shown {
    let lang = Lang::parse(&names.lang).unwrap_or(desk.lang);
    let done = change_names(&desk.window.house, &desk.account, &names.name, &names.shown_as, lang).await;
    after(&desk, done, Done::Saved).await
}

pub(super) async fn password(desk: Desk, Form(typed): Form<Passwords>) -> Shown {
    let new = (typed.new, typed.again);
    let done = change_password(&desk.window.house, &desk.account, &desk.token, typed.old, new).await;
    after(&desk, done, Done::Password).await
}

pub(super) async fn end_sessions_now(desk: Desk) -> Shown {
    let done = end_sessions(&desk.window.house, &desk.account, &desk.token).await;
    after(&desk, done, Done::Sessions).await
}

pub(super) async fn second_factor(desk: Desk) -> Shown {
    second(&desk, &SecondFactor::new(), None)
}

fn second(desk: &Desk, factor: &SecondFactor, refusal: Option<&Refusal>) -> Shown {
    let address = factor.address(&desk.account.login).unwrap_or_default();
    let shown = Second {
        desk,
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
        sealed: factor.seal(&desk.window.house, &desk.account),
        picture: picture(&address)?,
        words: factor.words(),
    };
    Ok(with_status(painted(&shown), refusal))
}

/// A QR code as part of the page: no picture has to be loaded.
fn picture(address: &str) -> Result<String, No> {
    let code = QrCode::new(address).map_err(failed)?;
    let svg = code.render::<svg::Color>().min_dimensions(220, 220).build();
    Ok(svg.split_once("?>").map_or(svg.clone(), |(_, svg)| svg.to_owned()))
}

pub(super) async fn second_factor_turn_on(desk: Desk, Form(first): Form<First>) -> Shown {
    let Some(factor) = SecondFactor::open(&desk.window.house, &desk.account, &first.sealed) else {
        return Err(desk.refuse(&Refusal::WrongState));
    };
    match second_factor_on(&desk.window.house, &desk.account, &factor, &first.code).await {
        Ok(()) => Ok(see_done(HERE, Done::SecondOn)),
        Err(trouble) => second(&desk, &factor, Some(&desk.mend(trouble)?)),
    }
}

pub(super) async fn second_factor_turn_off(desk: Desk, Form(proof): Form<Proof>) -> Shown {
    let done = second_factor_off(&desk.window.house, &desk.account, proof.password).await;
    after(&desk, done, Done::SecondOff).await
}
