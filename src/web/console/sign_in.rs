//! The door of the console: signing in and out.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Form, FromRequestParts, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::desk::{Desk, No, Shown, see};
use super::refused::{status, words};
use crate::actions::{Credentials, LONGEST, Trouble, sign_in, sign_out};
use crate::domain::lang::Lang;
use crate::locale::{Label, say};
use crate::web::Window;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::limits;
use crate::web::page::painted;
use crate::web::session;
use crate::web::visitor::proposed;

/// The cookie that keeps a session.
const COOKIE: &str = "desk";
/// Hexadecimal digits of a token.
const DIGITS: usize = 64;

/// The door.
#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct SignIn {
    lang: Lang,
    /// Where to go afterwards.
    to: String,
    login: String,
    refusal: Option<String>,
}

impl SignIn {
    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

/// What stands behind the question mark.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
}

/// What was typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    login: String,
    password: SecretString,
    #[serde(default)]
    code: String,
    #[serde(default)]
    to: String,
}

/// The network that a request comes from; nothing where it cannot be told.
pub(super) struct From(String);

impl FromRequestParts<Window> for From {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, window: &Window) -> Result<From, No> {
        let address = limits::address(parts, window.settings.behind_proxy).map(limits::neighbourhood);
        Ok(From(address.map(|address| address.to_string()).unwrap_or_default()))
    }
}

pub(super) async fn show(Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let lang = proposed(&headers).unwrap_or_else(Lang::first);
    painted(&SignIn { lang, to: inside(&asked.to), login: String::new(), refusal: None })
}

pub(super) async fn take(
    State(window): State<Window>,
    from: From,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Shown {
    let lang = proposed(&headers).unwrap_or_else(Lang::first);
    let Typed { login, password, code, to } = typed;
    let credentials = Credentials { login: login.clone(), password, code, address: from.0 };
    match sign_in(&window.house, credentials).await {
        Ok(token) => Ok(with_cookie(see(&inside(&to)), &window, &token)),
        Err(Trouble::Refused(refusal)) => {
            let page = SignIn { lang, to: inside(&to), login, refusal: Some(words(lang, &refusal)) };
            let mut response = painted(&page);
            *response.status_mut() = status(&refusal);
            Ok(response)
        }
        Err(Trouble::Failed(fault)) => Err(fault.into_response().into()),
    }
}

pub(super) async fn leave(desk: Desk) -> Shown {
    sign_out(&desk.window.house, &desk.account, &desk.token).await.map_err(|trouble| desk.no(trouble))?;
    let mut response = see("/console/sign-in");
    response.headers_mut().insert(SET_COOKIE, session::cookie(COOKIE, "", 0, desk.window.settings.secure_cookies));
    Ok(response)
}

/// The response with the cookie that keeps the session.
pub(super) fn with_cookie(mut response: Response, window: &Window, token: &str) -> Response {
    let cookie: HeaderValue = session::cookie(COOKIE, token, LONGEST.num_seconds(), window.settings.secure_cookies);
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}

/// The token of the session in these headers.
pub(super) fn token(headers: &HeaderMap, secure: bool) -> Option<String> {
    session::token(headers, COOKIE, DIGITS, secure)
}

/// A page of the console, or its first: nobody is sent away from here by a link.
fn inside(to: &str) -> String {
    let plain = to.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-'));
    let ours = super::holds(to) && plain && !to.contains("//");
    if ours { to.to_owned() } else { "/console".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_sent_elsewhere() {
        assert_eq!(inside("/console/entries/health/cost"), "/console/entries/health/cost");
        for elsewhere in ["", "/", "https://x.cl", "//x.cl", "/console//x.cl", "/consolex", "/console/\r\nSet-Cookie:x"]
        {
            assert_eq!(inside(elsewhere), "/console", "{elsewhere}");
        }
    }
}
