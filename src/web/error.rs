//! What went wrong, said on a page in the language of the browser, with a way on.

use std::any::Any;

use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::console;
use super::page::Page;
use super::visitor::proposed;
use crate::actions::Fault;
use crate::domain::lang::Lang;
use crate::locale::{Phrase, say};

/// The code of a fault, on its way to the page.
#[derive(Debug, Clone)]
struct Code(String);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Code(self.code().to_owned()));
        response
    }
}

/// A handler panicked: its message may hold a person's words and is not logged here.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    Fault::new("serve a page", "panic").into_response()
}

/// Gives every bare error status a page that says what happened.
pub(super) async fn explain(request: Request, next: Next) -> Response {
    let lang = proposed(request.headers()).unwrap_or_else(Lang::first);
    let desk = console::holds(request.uri().path());
    let response = next.run(request).await;
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if failed && !has_content(&response) { with_page(lang, desk, response) } else { response }
}

/// Whether a handler said itself what happened, as the health pages do.
fn has_content(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    !(kind.is_empty() || kind.starts_with("text/plain"))
}

fn with_page(lang: Lang, desk: bool, response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    let code = parts.extensions.remove::<Code>();
    let words = words(lang, parts.status, code);
    let page = if desk { console::problem(lang, words) } else { Page::problem(lang, words).into_response() };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, page.into_body())
}

fn words(lang: Lang, status: StatusCode, code: Option<Code>) -> String {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => say(lang, &Phrase::WebNotFound),
        StatusCode::PAYLOAD_TOO_LARGE => say(lang, &Phrase::TooLong),
        StatusCode::TOO_MANY_REQUESTS => say(lang, &Phrase::WebTooMany),
        StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST => say(lang, &Phrase::WebRefused),
        status => {
            let Code(code) = code.unwrap_or_else(|| Code(Fault::new("serve a page", status).code().to_owned()));
            say(lang, &Phrase::Fault { code: &code })
        }
    }
}
