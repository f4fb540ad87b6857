//! The sign-in page of the console, and signing in and out.

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

/// The sign-in page after a new password was chosen through a link.
pub(in crate::web::console) const CHANGED: &str = "/console/sign-in?changed";
/// How long a device stays known after somebody signed in with it.
const KNOWN: TimeDelta = TimeDelta::days(180);
/// The sign-in page.
#[derive(Template)]
#[template(path = "console/staff/sign_in.html")]
struct SignIn {
    lang: Lang,
    /// The page to go to afterwards.
    to: String,
    login: String,
    /// A form that was sent without a session, encrypted; empty if there is none.
    carried: String,
    /// A notice above the empty form.
    notice: Option<String>,
    refusal: Option<String>,
}

impl SignIn {
    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }
}

/// The query of the sign-in page.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageQuery {
    #[serde(default)]
    to: String,
    /// Set if somebody signed in and came back without a cookie.
    refused: Option<String>,
    /// Set after a new password was chosen through a link.
    changed: Option<String>,
}

/// The posted form.
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

/// The sign-in page that carries a form sent after the session ended; the form is shown again after signing in.
pub(in crate::web::console) fn carrying(headers: &HeaderMap, to: String, carried: String) -> Response {
    telling(headers, to, carried, &Label::FormCarried)
}

/// The sign-in page after a file was sent without a session: the file has to be chosen again.
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

/// Adds the cookie by which this browser is recognised at the next sign-in to the session's account.
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

/// `to` if it is a page of the console, or else the first page: prevents redirects to other sites.
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

/// The first page after signing in, marked so that a browser that refuses cookies is told so.
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
