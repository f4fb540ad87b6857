//! Middleware that keeps typed input when a form is not saved, and shows the form again with it.
//!
//! Three cases: the session has ended (the form is carried through the sign-in page, encrypted), the form is too long,
//! or it was refused. Secrets are never carried.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

use super::fill_form::{SentForm, fill};
use super::imports::upload::throw_away;
use super::markers::{FilledPage, RefusedPage, SignedIn, SignedOut};
use super::session_cookie::{SIGN_IN, token};
use super::staff::sign_in::{self, inside};
use crate::app::{App, owner_of_session, signed_in};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::web::chat::visitor::proposed;
use crate::web::window::Window;

/// Longest form in bytes that reaches a handler: all texts of a page at their maximum, with a margin.
pub(super) const LONGEST_FORM: usize = 1024 * 1024;
/// Longest form of the sign-in page, which may carry such a form encrypted.
pub(super) const LONGEST_CARRIED: usize = 3 * LONGEST_FORM;
/// A longer form is read up to this size, so that it can be shown again; then the connection is closed.
const SHOWN_AGAIN: usize = 8 * 1024 * 1024;
/// Longest page that is filled again.
const LONGEST_PAGE: usize = 8 * 1024 * 1024;
/// A form carried through the sign-in page can be shown again for this long.
const CARRIED: TimeDelta = TimeDelta::hours(24);
/// The context that a carried form is encrypted for.
const OWNER: &str = "console:form";
/// Fields that are never carried, because they hold secrets.
const SECRET: [&str; 7] = ["password", "old", "new", "again", "code", "proof", "sealed"];

/// State of the middleware: the pages without the middleware itself.
#[derive(Clone)]
pub(super) struct Keeper {
    pub window: Window,
    pub pages: Router,
}

/// A form carried through the sign-in page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CarriedForm {
    /// The account whose session sent the form, if it is still known.
    account: Option<String>,
    sent: Sent,
    at: i64,
}

/// A posted form.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sent {
    /// The page with the form, from the `Referer` header.
    page: Option<String>,
    /// The address that the form was sent to.
    action: String,
    fields: Vec<(String, String)>,
}

/// Shows a form again with its input if it was not accepted.
pub(super) async fn preserve_form(State(keeper): State<Keeper>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST && is_multipart(request.headers()) {
        return with_file(&keeper, request, next).await;
    }
    if request.method() != Method::POST || !is_form(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let most = if parts.uri.path() == SIGN_IN { LONGEST_CARRIED } else { LONGEST_FORM };
    let (bytes, whole) = match read(body, most).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    let sent = Sent::of(&parts, &bytes);
    let visit = Visit { keeper, parts };
    if !whole {
        return visit.too_long(&sent).await;
    }
    let request = Request::from_parts(visit.parts.clone(), Body::from(bytes));
    let mut response = next.run(request).await;
    if response.extensions_mut().remove::<SignedOut>().is_some() {
        return visit.signed_out(sent, response).await;
    }
    if let Some(signed_in) = response.extensions_mut().remove::<SignedIn>() {
        return visit.shown_again(&signed_in, response).await;
    }
    if response.status().is_client_error() { visit.refused(&sent, response).await } else { response }
}

/// A form with a file. Files are not carried through the sign-in page: without a session, the sign-in page says so.
async fn with_file(keeper: &Keeper, request: Request, next: Next) -> Response {
    let app = &keeper.window.app;
    let session = match token(request.headers(), keeper.window.settings.secure_cookies) {
        Some(token) => signed_in(app, &token).await,
        None => Ok(None),
    };
    match session {
        Ok(None) => {
            let (parts, body) = request.into_parts();
            let sent = Sent::of(&parts, &[]);
            // Browsers show a response only after sending the whole body.
            throw_away(body).await;
            sign_in::without_file(&parts.headers, sent.page.unwrap_or_else(|| "/console".to_owned()))
        }
        // If the database does not answer, the page reports it.
        Ok(Some(_)) | Err(_) => next.run(request).await,
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    kind(headers).starts_with("multipart/form-data")
}

fn kind(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

fn is_form(headers: &HeaderMap) -> bool {
    kind(headers).starts_with("application/x-www-form-urlencoded")
}

/// The form, and whether it is short enough for a handler.
async fn read(body: Body, most: usize) -> Result<(Bytes, bool), StatusCode> {
    let mut kept = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        kept.extend_from_slice(&piece.map_err(|_| StatusCode::BAD_REQUEST)?);
        if kept.len() > SHOWN_AGAIN {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
    }
    let whole = kept.len() <= most;
    Ok((kept.into(), whole))
}

impl Sent {
    fn of(parts: &Parts, form: &[u8]) -> Sent {
        let referer = parts.headers.get(REFERER).and_then(|referer| referer.to_str().ok());
        let page = referer.and_then(|referer| own_path(referer, &parts.headers)).map(inside);
        let action = parts.uri.path_and_query().map_or_else(|| parts.uri.path(), |all| all.as_str()).to_owned();
        let mut fields: Vec<(String, String)> = serde_urlencoded::from_bytes(form).unwrap_or_default();
        fields.retain(|(name, _)| !SECRET.contains(&name.as_str()));
        Sent { page, action, fields }
    }

    fn is_empty(&self) -> bool {
        self.fields.iter().all(|(_, value)| value.trim().is_empty())
    }

    /// The pages that may hold the form: the `Referer`, the address it was sent to, and that address's parents.
    fn pages(&self) -> Vec<String> {
        let mut pages: Vec<String> = self.page.iter().cloned().chain([self.action.clone()]).collect();
        let (mut path, query) = self.action.split_once('?').unwrap_or((&self.action, ""));
        let mark = if query.is_empty() { "" } else { "?" };
        while let Some((above, _)) = path.rsplit_once('/').filter(|(above, _)| above.starts_with("/console/")) {
            pages.push(format!("{above}{mark}{query}"));
            path = above;
        }
        pages
    }
}

/// The path and query of an address on our own host.
fn own_path<'a>(address: &'a str, headers: &HeaderMap) -> Option<&'a str> {
    let host = headers.get(HOST)?.to_str().ok()?;
    address.split_once("://")?.1.strip_prefix(host).filter(|path| path.starts_with('/'))
}

/// A form in processing, with its request's head.
struct Visit {
    keeper: Keeper,
    parts: Parts,
}

impl Visit {
    fn app(&self) -> &App {
        &self.keeper.window.app
    }

    /// The session has ended: carries the form through the sign-in page, encrypted.
    async fn signed_out(&self, sent: Sent, door: Response) -> Response {
        if sent.is_empty() {
            return door;
        }
        let token = token(&self.parts.headers, self.keeper.window.settings.secure_cookies);
        let account = match token {
            Some(token) => owner_of_session(self.app(), &token).await.ok().flatten(),
            None => None,
        };
        let to = sent.page.clone().unwrap_or_else(|| "/console".to_owned());
        let form = CarriedForm { account, sent, at: self.app().clock.now().timestamp() };
        let carried = self.app().encryption.encrypt_for(OWNER, &form);
        sign_in::carrying(&self.parts.headers, to, carried)
    }

    /// Somebody has signed in: shows the form again, unsaved, on its page.
    async fn shown_again(&self, signed: &SignedIn, redirect: Response) -> Response {
        let form = self.app().encryption.decrypt_for::<CarriedForm>(OWNER, &signed.carried).ok();
        let account = signed_in(self.app(), &signed.token).await.ok().flatten();
        let (Some(form), Some(account)) = (form, account) else { return redirect };
        let age = self.app().clock.now().timestamp() - form.at;
        let theirs = form.account.as_ref().is_none_or(|owner| *owner == account.id);
        if age > CARRIED.num_seconds() || !theirs {
            return redirect;
        }
        let given: Vec<HeaderValue> = redirect.headers().get_all(SET_COOKIE).iter().cloned().collect();
        let texts = given.iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        let pair = texts.into_iter().find(|pair| pair.contains(&signed.token));
        let cookies = pair.and_then(|pair| HeaderValue::from_str(pair).ok());
        let words = say(account.lang, &Label::FormNotSaved);
        match self.filled(&form.sent, cookies, true, &words).await {
            Some(mut page) => {
                page.headers_mut().extend(given.iter().map(|cookie| (SET_COOKIE, cookie.clone())));
                page
            }
            None => redirect,
        }
    }

    /// The form is too long for any page.
    async fn too_long(&self, sent: &Sent) -> Response {
        let words = say(self.lang(), &Label::RefusedTooLong);
        let page = self.filled(sent, self.parts.headers.get(COOKIE).cloned(), true, &words).await;
        let mut response = page.unwrap_or_else(|| StatusCode::PAYLOAD_TOO_LARGE.into_response());
        *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        response
    }

    /// The form was refused. If the response is an error page, shows the form's page with the message and the input.
    async fn refused(&self, sent: &Sent, mut response: Response) -> Response {
        let status = response.status();
        if let Some(RefusedPage(words)) = response.extensions_mut().remove::<RefusedPage>() {
            let page = self.filled(sent, self.parts.headers.get(COOKIE).cloned(), true, &words).await;
            let Some(mut page) = page else { return response };
            *page.status_mut() = status;
            return page;
        }
        if response.extensions_mut().remove::<FilledPage>().is_some() {
            return response;
        }
        let is_page =
            response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if !is_page {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, LONGEST_PAGE).await else {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        };
        // The page is served under the address that the form was sent to, but may belong to another of these.
        let pages = sent.pages();
        let posted = |page| SentForm { page, action: &sent.action, fields: &sent.fields, hidden: false, alert: None };
        let html = std::str::from_utf8(&bytes).ok();
        let filled = html.and_then(|html| pages.iter().find_map(|page| fill(html, posted(page))));
        parts.headers.remove(CONTENT_LENGTH);
        Response::from_parts(parts, filled.map_or_else(|| Body::from(bytes), Body::from))
    }

    fn lang(&self) -> Lang {
        proposed(&self.parts.headers).unwrap_or_else(Lang::first)
    }

    /// The page with the form, filled, as rendered for these cookies.
    async fn filled(&self, sent: &Sent, cookies: Option<HeaderValue>, hidden: bool, words: &str) -> Option<Response> {
        for page in sent.pages() {
            let Some(response) = self.look(&page, cookies.clone()).await else { continue };
            let (mut parts, body) = response.into_parts();
            let bytes = to_bytes(body, LONGEST_PAGE).await.ok()?;
            let posted =
                SentForm { page: &page, action: &sent.action, fields: &sent.fields, hidden, alert: Some(words) };
            if let Some(html) = fill(std::str::from_utf8(&bytes).ok()?, posted) {
                parts.headers.remove(CONTENT_LENGTH);
                return Some(Response::from_parts(parts, Body::from(html)));
            }
        }
        None
    }

    /// A page of the console; `None` unless its status is 200.
    async fn look(&self, page: &str, cookies: Option<HeaderValue>) -> Option<Response> {
        let mut request = Request::builder().uri(page).body(Body::empty()).ok()?;
        request.headers_mut().extend(cookies.map(|cookies| (COOKIE, cookies)));
        let response = self.keeper.pages.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        (response.status() == StatusCode::OK).then_some(response)
    }
}
