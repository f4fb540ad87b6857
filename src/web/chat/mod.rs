//! The chat: looking at the talk, saying something, coming by a link.

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

/// Where the browser goes after something was said: to the last thing said.
const TALK: HeaderValue = HeaderValue::from_static("/#last");
/// The same after the first thing said: who comes there without a cookie has a browser that refuses it.
const BEGUN: HeaderValue = HeaderValue::from_static("/?begun#last");
/// A greeting holds nothing of anybody: a browser may keep it, and show it again without asking.
const GREETING_KEPT: HeaderValue = HeaderValue::from_static("private, no-cache");

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub(super) struct PageQuery {
    /// The page has cleared itself after half an hour.
    cleared: Option<String>,
    /// Something was said for the first time, and a cookie was given.
    begun: Option<String>,
}

/// `GET /`: the talk, or a greeting. Nothing is kept of somebody who only looks.
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
        // The cookie has come back: somebody is there.
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

/// `GET /say`: whoever looks at the address to which forms are sent, by hand or by the way back, wants the talk.
pub(super) async fn to_talk() -> Response {
    redirect(&TALK, None)
}

/// `GET /start/health_cost`: what the link leads to. The talk begins when the person does something.
pub(super) async fn open(
    State(window): State<Window>,
    Path(link): Path<String>,
    visitor: Visitor,
) -> Result<Response, StatusCode> {
    let link = Link::parse(&link).ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(CACHE_CONTROL, GREETING_KEPT)], greeting(&window, &visitor, Some(link))).into_response())
}

/// `GET /my-data`: all that is kept of the talk, as a file; whoever has no talk is led to the page.
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

/// `POST /say`: something is said. The address is another than the page's: a browser without network puts its own page of the error
/// in the place of one with the same address, and the way back to what was typed would be gone.
/// Where nothing comes of it, what was typed comes back in the box.
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
        // What the link showed becomes part of the talk, so that "how much is it?" can be understood.
        let update = once(sheet.as_ref(), &format!("/start {link}"));
        speaker.turn(Input::Start(Some(link)), update).await?;
    }
    let update = match &input {
        Input::Text(words) => once(sheet.as_ref(), words),
        // Buttons and commands may be pressed again.
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

/// By what words are known that one page sends: pressed twice, they come twice.
fn once(sheet: Option<&PageId>, words: &str) -> Option<UpdateId> {
    sheet.map(|sheet| UpdateId { source: Door::Web.name().to_owned(), number: sheet.number(words) })
}

/// Who speaks.
struct Speaker<'a> {
    window: &'a Window,
    session: &'a Session,
    /// A browser gets as many sessions as it likes.
    network: String,
    /// Whether their cookie has come back: who keeps none would be somebody new with everything they say.
    is_known: bool,
    proposed: Option<Lang>,
}

impl Speaker<'_> {
    async fn turn(&self, input: Input, update: Option<UpdateId>) -> Result<Taken, InternalError> {
        let arrival = Arrival {
            door: Door::Web,
            address: self.session.name().to_owned(),
            update,
            // A page is closed at some time, and then nobody can be written to there.
            turn_input: TurnInput { input, proposed: self.proposed, reachable: false },
            later: None,
            return_to: serde_json::Value::Null,
        };
        take_turn_from(&self.window.app, &arrival, &self.network, self.is_known).await
    }
}

/// Sends the browser to a page that says nothing of what was taken back.
fn leave(cookie: HeaderValue) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/")), (SET_COOKIE, cookie)]).into_response()
}

/// Sends the browser to the talk, so that looking at it again says nothing twice.
fn redirect(talk: &HeaderValue, cookie: Option<HeaderValue>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, talk.clone())]).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}
