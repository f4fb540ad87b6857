//! Handlers of the web chat: showing the conversation, sending a message, opening a start link, copying one's data.

pub(in crate::web) mod chat_form;
pub(in crate::web) mod page;
pub(in crate::web) mod page_id;
pub(in crate::web) mod render;
pub(in crate::web) mod session;
pub(in crate::web) mod visitor;

use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::chat_form::ChatForm;
use self::page::Page;
use self::page_id::PageId;
use self::session::{Session, no_cookie};
use self::visitor::Visitor;
use super::limits::neighbourhood;
use super::window::Window;
use crate::app::{
    Arrival, InternalError, Taken, UpdateId, copy_of_chat, count_chat, preview, take_turn_from, transcript,
};
use crate::bot::citizen::{Input, Link, TurnInput};
use crate::domain::people::chat::Door;
use crate::domain::text::lang::Lang;
use crate::metrics;

/// Redirect target after a message: the last message of the conversation.
const TALK: HeaderValue = HeaderValue::from_static("/#last");
/// Redirect target after the first message: a visitor who arrives there without a cookie has a browser that refuses it.
const BEGUN: HeaderValue = HeaderValue::from_static("/?begun#last");
/// The greeting holds no personal data: the browser may store it and show it again when going back.
const GREETING_KEPT: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The query of the chat page.
#[derive(Debug, Deserialize)]
pub(super) struct PageQuery {
    /// Set if the page cleared itself after half an hour.
    cleared: Option<String>,
    /// Set after the first message, when the cookie was sent.
    begun: Option<String>,
}

/// `GET /`: the conversation, or a greeting. Stores nothing about a visitor who only looks.
pub(super) async fn show(
    State(window): State<Window>,
    Query(asked): Query<PageQuery>,
    visitor: Visitor,
) -> Result<Response, InternalError> {
    let exchanges = match &visitor.session {
        Some(session) => transcript(&window.app, session.name()).await?,
        None => Vec::new(),
    };
    if let (Some(session), Some(_)) = (&visitor.session, &asked.begun) {
        // The browser sent the cookie back: only now is the chat counted.
        count_chat(&window.app, Door::Web, session.name()).await?;
    }
    if !exchanges.is_empty() {
        return Ok(Page::talk(&exchanges).into_response());
    }
    let page = greeting(&window, &visitor, None);
    if asked.begun.is_some() && visitor.session.is_none() {
        return Ok(page.without_cookies().into_response());
    }
    let page = if asked.cleared.is_some() { page.cleared() } else { page };
    Ok(([(CACHE_CONTROL, GREETING_KEPT)], page).into_response())
}

/// `GET /say`: redirects to the conversation, for visitors who open the form's address by hand or by going back.
pub(super) async fn to_talk() -> Response {
    redirect(&TALK, None)
}

/// `GET /start/health_cost`: shows the link's content. The conversation begins with the visitor's first input.
pub(super) async fn open(
    State(window): State<Window>,
    Path(link): Path<String>,
    visitor: Visitor,
) -> Result<Response, StatusCode> {
    let link = Link::parse(&link).ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(CACHE_CONTROL, GREETING_KEPT)], greeting(&window, &visitor, Some(link))).into_response())
}

/// `GET /my-data`: everything stored about the conversation, as a file; without a session, redirects to the page.
pub(super) async fn copy(State(window): State<Window>, visitor: Visitor) -> Result<Response, InternalError> {
    let Some(session) = &visitor.session else { return Ok(redirect(&TALK, None)) };
    let proposed = visitor.proposed.unwrap_or_else(Lang::first);
    let file = copy_of_chat(&window.app, Door::Web, session.name(), proposed).await?;
    let name = format!("attachment; filename=\"{}\"", file.name);
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], file.text)
        .into_response())
}

fn greeting(window: &Window, visitor: &Visitor, link: Option<Link>) -> Page {
    let turn_input = TurnInput { input: Input::Start(link.clone()), proposed: visitor.proposed, reachable: false };
    let lang = visitor.proposed.unwrap_or_else(Lang::first);
    Page::greeting(lang, &preview(&window.app, &turn_input), link)
}

/// `POST /say`: processes a message. If that fails, the typed text comes back in the box.
///
/// The address differs from the page's: a browser without network replaces a page of the same address with its own
/// error page, and going back to the typed text would be impossible.
pub(super) async fn hear(State(window): State<Window>, visitor: Visitor, posted: ChatForm) -> Response {
    let ChatForm { input, link, sheet, typed } = posted;
    let Some(input) = input else { return redirect(&TALK, None) };
    if let Err(seconds) = window.limits.pass(visitor.session.as_ref().map(Session::name), visitor.address) {
        metrics::turned_away(Door::Web.name(), "too-many");
        let wait = [(RETRY_AFTER, HeaderValue::from(seconds))];
        return typed.within((StatusCode::TOO_MANY_REQUESTS, wait).into_response());
    }
    match answer(&window, visitor, input, link, sheet).await {
        Ok(response) => response,
        Err(fault) => typed.within(fault.into_response()),
    }
}

async fn answer(
    window: &Window,
    visitor: Visitor,
    input: Input,
    link: Option<Link>,
    sheet: Option<PageId>,
) -> Result<Response, InternalError> {
    let secure = window.settings.secure_cookies;
    let talk = if visitor.session.is_some() { TALK } else { BEGUN };
    let begun = || sheet.as_ref().map_or_else(Session::new, |sheet| sheet.session(&window.app.encryption));
    let is_known = visitor.session.is_some();
    let session = visitor.session.unwrap_or_else(begun);
    let network = neighbourhood(visitor.address).to_string();
    let speaker = Speaker { window, session: &session, network, is_known, proposed: visitor.proposed };
    if let Some(link) = link {
        // The link's content becomes part of the conversation, so that "how much is it?" can be understood.
        let update = once(sheet.as_ref(), &format!("/start {link}"));
        speaker.turn(Input::Start(Some(link)), update).await?;
    }
    let update = match &input {
        Input::Text(words) => once(sheet.as_ref(), words),
        // Buttons and commands may be repeated.
        Input::Start(_)
        | Input::Command(_)
        | Input::Press(_)
        | Input::OldButton
        | Input::Place(_)
        | Input::Media(_) => None,
    };
    Ok(match speaker.turn(input, update).await? {
        Taken::Seen | Taken::Replied(_) => redirect(&talk, Some(session.cookie(secure))),
        Taken::Retracted(_) => leave(session.cookie(secure)),
        Taken::Forgotten(last) => ([(SET_COOKIE, no_cookie(secure))], Page::forgotten(&last)).into_response(),
    })
}

/// Idempotency key of a text: sent twice from one page, it is processed once.
fn once(sheet: Option<&PageId>, words: &str) -> Option<UpdateId> {
    sheet.map(|sheet| UpdateId { source: Door::Web.name().to_owned(), number: sheet.number(words) })
}

/// The sender of a turn.
struct Speaker<'a> {
    window: &'a Window,
    session: &'a Session,
    /// Limits count per network as well: a browser can get any number of sessions.
    network: String,
    /// Whether the cookie came back: a browser without cookies would count as a new chat with every message.
    is_known: bool,
    proposed: Option<Lang>,
}

impl Speaker<'_> {
    async fn turn(&self, input: Input, update: Option<UpdateId>) -> Result<Taken, InternalError> {
        let arrival = Arrival {
            door: Door::Web,
            address: self.session.name().to_owned(),
            update,
            // Nobody can be reached through a page after it is closed.
            turn_input: TurnInput { input, proposed: self.proposed, reachable: false },
            later: None,
            return_to: serde_json::Value::Null,
        };
        take_turn_from(&self.window.app, &arrival, &self.network, self.is_known).await
    }
}

/// Redirects to `/` without the mark of the last message: the page does not show what was retracted.
fn leave(cookie: HeaderValue) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/")), (SET_COOKIE, cookie)]).into_response()
}

/// Redirects to the conversation, so that a reload does not send the message twice.
fn redirect(talk: &HeaderValue, cookie: Option<HeaderValue>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, talk.clone())]).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}
