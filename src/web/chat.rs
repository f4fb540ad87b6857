//! The chat: looking at the talk, saying something, coming by a link.

use axum::extract::{Path, Query, State};
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Window;
use super::page::Page;
use super::posted::Posted;
use super::session::{Session, no_cookie};
use super::visitor::Visitor;
use crate::actions::{Arrival, Fault, Taken, preview, take_turn, transcript};
use crate::conversation::{Heard, Link, Said};
use crate::domain::chat::Door;
use crate::domain::lang::Lang;

/// Where the browser goes after something was said: to the last thing said.
const TALK: HeaderValue = HeaderValue::from_static("/#last");

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The page has cleared itself after half an hour.
    cleared: Option<String>,
}

/// `GET /`: the talk, or a greeting. Nothing is kept of somebody who only looks.
pub(super) async fn show(
    State(window): State<Window>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Page, Fault> {
    let exchanges = match &visitor.session {
        Some(session) => transcript(&window.house, session.name()).await?,
        None => Vec::new(),
    };
    if !exchanges.is_empty() {
        return Ok(Page::talk(&exchanges));
    }
    let page = greeting(&window, &visitor, None);
    Ok(if asked.cleared.is_some() { page.cleared() } else { page })
}

/// `GET /start/health_cost`: what the link leads to. The talk begins when the person does something.
pub(super) async fn open(
    State(window): State<Window>,
    Path(link): Path<String>,
    visitor: Visitor,
) -> Result<Page, StatusCode> {
    let link = Link::parse(&link).ok_or(StatusCode::NOT_FOUND)?;
    Ok(greeting(&window, &visitor, Some(link)))
}

fn greeting(window: &Window, visitor: &Visitor, link: Option<Link>) -> Page {
    let heard = Heard { said: Said::Start(link.clone()), proposed: visitor.proposed, reachable: false };
    let lang = visitor.proposed.unwrap_or_else(Lang::first);
    Page::greeting(lang, &preview(&window.house, &heard), link)
}

/// `POST /`: something is said.
pub(super) async fn hear(State(window): State<Window>, visitor: Visitor, posted: Posted) -> Result<Response, Fault> {
    let secure = window.settings.secure_cookies;
    let Some(said) = posted.said else { return Ok(see(None)) };
    if let Err(seconds) = window.limits.pass(visitor.session.as_ref().map(Session::name), visitor.address) {
        return Ok((StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, HeaderValue::from(seconds))]).into_response());
    }
    let session = visitor.session.unwrap_or_else(Session::new);
    if let Some(link) = posted.link {
        // What the link showed becomes part of the talk, so that "how much is it?" can be understood.
        turn(&window, &session, Said::Start(Some(link)), visitor.proposed).await?;
    }
    Ok(match turn(&window, &session, said, visitor.proposed).await? {
        Taken::Seen | Taken::Replied(_) => see(Some(session.cookie(secure))),
        Taken::Hushed(_) => leave(session.cookie(secure)),
        Taken::Forgotten(last) => ([(SET_COOKIE, no_cookie(secure))], Page::forgotten(&last)).into_response(),
    })
}

async fn turn(window: &Window, session: &Session, said: Said, proposed: Option<Lang>) -> Result<Taken, Fault> {
    let arrival = Arrival {
        door: Door::Web,
        address: session.name().to_owned(),
        update: None,
        // A page is closed at some time, and then nobody can be written to there.
        heard: Heard { said, proposed, reachable: false },
        later: None,
        return_to: serde_json::Value::Null,
    };
    take_turn(&window.house, &arrival).await
}

/// Sends the browser to a page that says nothing of what was taken back.
fn leave(cookie: HeaderValue) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/")), (SET_COOKIE, cookie)]).into_response()
}

/// Sends the browser to the talk, so that looking at it again says nothing twice.
fn see(cookie: Option<HeaderValue>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, TALK)]).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}
