//! The door of the console: signing in and out.

use std::borrow::Borrow;

use askama::Template;
use axum::extract::{Form, FromRequestParts, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use secrecy::SecretString;
use serde::Deserialize;

use crate::app::{AppError, Credentials, DEVICE, device, device_name, owner_of_session, sign_in, sign_out};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::chat::session;
use crate::web::chat::visitor::proposed;
use crate::web::console::address::holds;
use crate::web::console::markers::SignedIn;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect};
use crate::web::console::refused::{status, words};
use crate::web::console::session_cookie::{COOKIE, SIGN_IN, with_cookie};
use crate::web::console::staff_session::{ENTERED, StaffSession};
use crate::web::limits;
use crate::web::window::Window;

/// The same, after a new password was chosen by a link.
pub(in crate::web::console) const CHANGED: &str = "/console/sign-in?changed";
/// How long a device is known after somebody has signed in with it.
const KNOWN: TimeDelta = TimeDelta::days(180);
/// The door.
#[derive(Template)]
#[template(path = "console/staff/sign_in.html")]
struct SignIn {
    lang: Lang,
    /// Where to go afterwards.
    to: String,
    login: String,
    /// A form that was sent without a session, sealed; empty where there is none.
    carried: String,
    /// What is said before anything was typed.
    notice: Option<String>,
    refusal: Option<String>,
}

impl SignIn {
    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

/// What stands behind the question mark.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageQuery {
    #[serde(default)]
    to: String,
    /// Somebody has signed in, and came back without a cookie.
    refused: Option<String>,
    /// Somebody has chosen a new password by a link.
    changed: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageForm {
    login: String,
    password: SecretString,
    #[serde(default)]
    code: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    carried: String,
}

/// The network that a request comes from.
pub(in crate::web::console) struct From(String);

impl FromRequestParts<Window> for From {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, window: &Window) -> Result<From, PageError> {
        let address = limits::address(parts, window.settings.behind_proxy);
        Ok(From(limits::neighbourhood(address).to_string()))
    }
}

pub(in crate::web::console) async fn show(Query(asked): Query<PageQuery>, headers: HeaderMap) -> Response {
    let lang = proposed(&headers).unwrap_or_else(Lang::first);
    let changed = asked.changed.map(|_| say(lang, &Label::NewPasswordChosen));
    let notice = asked.refused.map(|_| say(lang, &Label::CookiesRefused)).or(changed);
    let to = inside(&asked.to);
    rendered(&SignIn { lang, to, login: String::new(), carried: String::new(), notice, refusal: None })
}

/// The door, for somebody whose form came when their session had ended: it is shown again when they have signed in.
pub(in crate::web::console) fn carrying(headers: &HeaderMap, to: String, carried: String) -> Response {
    telling(headers, to, carried, &Label::FormCarried)
}

/// The door, for somebody who sent a file when their session had ended: it has to be chosen again.
pub(in crate::web::console) fn without_file(headers: &HeaderMap, to: String) -> Response {
    telling(headers, to, String::new(), &Label::FileNotCarried)
}

fn telling(headers: &HeaderMap, to: String, carried: String, label: &Label<'_>) -> Response {
    let lang = proposed(headers).unwrap_or_else(Lang::first);
    let notice = Some(say(lang, label));
    let mut response = rendered(&SignIn { lang, to, login: String::new(), carried, notice, refusal: None });
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

pub(in crate::web::console) async fn take(
    State(window): State<Window>,
    from: From,
    headers: HeaderMap,
    Form(form): Form<PageForm>,
) -> PageResult {
    let lang = proposed(&headers).unwrap_or_else(Lang::first);
    let PageForm { login, password, code, to, carried } = form;
    let (name, secure) = (device_name(&window.app, &login), window.settings.secure_cookies);
    let device = session::token(&headers, &name, DEVICE, secure);
    let credentials = Credentials { login: login.clone(), password, code, address: from.0, device };
    match sign_in(&window.app, credentials).await {
        Ok(token) => {
            let mut response = with_cookie(redirect(&entered(&inside(&to))), &window, &token);
            remember(&mut response, &window, &login, &token).await?;
            if !carried.is_empty() {
                response.extensions_mut().insert(SignedIn { token, carried });
            }
            Ok(response)
        }
        Err(AppError::Refused(refusal)) => {
            let told = Some(words(lang, &refusal));
            let page = SignIn { lang, to: inside(&to), login, carried, notice: None, refusal: told };
            let mut response = rendered(&page);
            *response.status_mut() = status(&refusal);
            Ok(response)
        }
        Err(AppError::Failed(internal_error)) => Err(internal_error.into_response().into()),
    }
}

pub(in crate::web::console) async fn leave(staff_session: StaffSession) -> PageResult {
    sign_out(&staff_session.window.app, &staff_session.account, &staff_session.token)
        .await
        .map_err(|error| staff_session.page_error(error))?;
    let mut response = redirect(SIGN_IN);
    response
        .headers_mut()
        .insert(SET_COOKIE, session::cookie(COOKIE, "", 0, staff_session.window.settings.secure_cookies));
    Ok(response)
}

/// The response with the cookie by which the browser is known when somebody signs in to the account of this session again.
pub(in crate::web::console) async fn remember(
    response: &mut Response,
    window: &Window,
    login: &str,
    token: &str,
) -> Result<(), PageError> {
    let Some(account) = owner_of_session(&window.app, token).await.map_err(failed)? else { return Ok(()) };
    let (name, device) = (device_name(&window.app, login), device(&window.app, &account));
    let cookie = session::cookie(&name, &device, KNOWN.num_seconds(), window.settings.secure_cookies);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(())
}

/// A page of the console with what stands behind its question mark, or its first: nobody is sent away from here by a link.
pub(in crate::web::console) fn inside(to: &str) -> String {
    let (path, query) = to.split_once('?').unwrap_or((to, ""));
    let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_'));
    let harmless = query.bytes().all(|b| b.is_ascii_alphanumeric() || b"=&%+-._~*".contains(&b));
    let ours = holds(path) && plain && harmless && !path.contains("//") && !path.contains("..");
    match (ours, query) {
        (true, "") => path.to_owned(),
        (true, query) => format!("{path}?{query}"),
        (false, _) => "/console".to_owned(),
    }
}

/// The first page after signing in: whoever comes there without a cookie is told so.
pub(in crate::web::console) fn entered(to: &str) -> String {
    format!("{to}{}{ENTERED}", if to.contains('?') { '&' } else { '?' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_sent_elsewhere() {
        for ours in
            ["/console/entries/health/cost", "/console/entries?text=a%20b&lang=ht", "/console/review/piece?kind=note"]
        {
            assert_eq!(inside(ours), ours);
        }
        for elsewhere in [
            "",
            "/",
            "https://x.cl",
            "//x.cl",
            "/console//x.cl",
            "/consolex",
            "/console/\r\nSet-Cookie:x",
            "/console?\r\nx:y",
            "/console/../x",
            "/console?a=<b>",
        ] {
            assert_eq!(inside(elsewhere), "/console", "{elsewhere}");
        }
    }
}
