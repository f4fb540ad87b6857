//! What was typed is never lost at a boundary: a session that has ended, a form that is too long, a refusal. The form comes
//! back with it, on the page where it was.

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

/// Longest form in bytes that reaches a page: every text of a page at its longest, with room.
pub(super) const LONGEST_FORM: usize = 1024 * 1024;
/// Longest form of the sign-in page, which may carry such a form sealed.
pub(super) const LONGEST_CARRIED: usize = 3 * LONGEST_FORM;
/// A longer one is read up to here, so that it can be shown again; then the connection is closed.
const SHOWN_AGAIN: usize = 8 * 1024 * 1024;
/// Longest page that is filled again.
const LONGEST_PAGE: usize = 8 * 1024 * 1024;
/// A form that was carried through the sign-in page can be shown again for so long.
const CARRIED: TimeDelta = TimeDelta::hours(24);
/// For whom a form is sealed.
const OWNER: &str = "console:form";
/// Fields that are never carried: their words are secrets.
const SECRET: [&str; 7] = ["password", "old", "new", "again", "code", "proof", "sealed"];

/// What the middleware needs: the pages without itself.
#[derive(Clone)]
pub(super) struct Keeper {
    pub window: Window,
    pub pages: Router,
}

/// A form on its way through the sign-in page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CarriedForm {
    /// Whose session had sent it, where that is still known.
    account: Option<String>,
    sent: Sent,
    at: i64,
}

/// A form that was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sent {
    /// The page on which it stands, as the browser says.
    page: Option<String>,
    /// Where it was sent.
    action: String,
    fields: Vec<(String, String)>,
}

/// Brings back what was typed where a form was not taken.
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

/// A form with a file. Files are not carried through the sign-in page: where the session has ended, the person is told so.
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
            // A browser shows an answer only when it has sent everything.
            throw_away(body).await;
            sign_in::without_file(&parts.headers, sent.page.unwrap_or_else(|| "/console".to_owned()))
        }
        // Where the database does not answer, the page says so.
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

/// The form, and whether it is short enough for a page.
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

    /// Where the form may stand: the page that the browser names, the address it was sent to, and what lies above that.
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

/// What stands behind the host in an address of our own.
fn own_path<'a>(address: &'a str, headers: &HeaderMap) -> Option<&'a str> {
    let host = headers.get(HOST)?.to_str().ok()?;
    address.split_once("://")?.1.strip_prefix(host).filter(|path| path.starts_with('/'))
}

/// A form that is being sent, and what is known of who sends it.
struct Visit {
    keeper: Keeper,
    parts: Parts,
}

impl Visit {
    fn app(&self) -> &App {
        &self.keeper.window.app
    }

    /// The session has ended: the form goes through the sign-in page, sealed.
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

    /// Somebody has signed in: the form is shown again, unsaved, on the page where it was.
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

    /// The form was refused: where a page of its own says so, it is that page that is shown, with what was typed.
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
        // It is shown at the address to which it was sent, and may stand at the other.
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

    /// The page where the form stands, filled, as somebody with these cookies sees it.
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

    /// A page of the console, if it can be looked at.
    async fn look(&self, page: &str, cookies: Option<HeaderValue>) -> Option<Response> {
        let mut request = Request::builder().uri(page).body(Body::empty()).ok()?;
        request.headers_mut().extend(cookies.map(|cookies| (COOKIE, cookies)));
        let response = self.keeper.pages.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        (response.status() == StatusCode::OK).then_some(response)
    }
}
