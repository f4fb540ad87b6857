//! Error pages in the browser's language, with a link to continue.

use std::any::Any;

use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::chat::chat_form::TypedText;
use super::chat::page::Page;
use super::chat::visitor::proposed;
use super::console;
use crate::app::InternalError;
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, Phrase, say};

/// The code of an internal error, attached to a response for the error page.
#[derive(Debug, Clone)]
struct Code(String);

impl IntoResponse for InternalError {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Code(self.code().to_owned()));
        response
    }
}

/// Response to a panic in a handler; its message may contain a person's words and is not logged here.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    InternalError::new("serve a page", "panic").into_response()
}

/// Middleware that gives every error status without content a page.
pub(super) async fn explain(request: Request, next: Next) -> Response {
    let lang = proposed(request.headers()).unwrap_or_else(Lang::first);
    let in_console = console::holds(request.uri().path());
    let response = next.run(request).await;
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if failed && !has_content(&response) { with_page(lang, in_console, response) } else { response }
}

/// Whether the handler has sent its own content, as the health pages do.
fn has_content(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    !(kind.is_empty() || kind.starts_with("text/plain"))
}

fn with_page(lang: Lang, in_console: bool, response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    let code = parts.extensions.remove::<Code>();
    let typed = parts.extensions.remove::<TypedText>();
    let page = match desk_words(lang, parts.status) {
        Some(words) if in_console => console::problem(lang, words),
        Some(_) | None if in_console => console::problem(lang, words(lang, parts.status, code)),
        // After a timeout nothing can be shown again: the text never arrived, but the browser still has it.
        Some(_) | None if parts.status == StatusCode::REQUEST_TIMEOUT => {
            Page::only_problem(lang, words(lang, parts.status, code)).into_response()
        }
        Some(_) | None => Page::problem(lang, words(lang, parts.status, code)).holding(typed).into_response(),
    };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, page.into_body())
}

/// The message for staff about a client error.
fn desk_words(lang: Lang, status: StatusCode) -> Option<String> {
    let label = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Label::RefusedGone,
        StatusCode::PAYLOAD_TOO_LARGE => Label::RefusedTooLong,
        status if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => Label::RefusedForm,
        _ => return None,
    };
    Some(say(lang, &label))
}

/// The message for people. Only server errors are logged, with a code.
fn words(lang: Lang, status: StatusCode, code: Option<Code>) -> String {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => say(lang, &Phrase::WebNotFound),
        StatusCode::PAYLOAD_TOO_LARGE => say(lang, &Phrase::WebTooLong),
        StatusCode::TOO_MANY_REQUESTS => say(lang, &Phrase::WebTooMany),
        StatusCode::REQUEST_TIMEOUT => say(lang, &Phrase::WebTooSlow),
        status if status.is_client_error() => say(lang, &Phrase::WebRefused),
        status => {
            let Code(code) = code.unwrap_or_else(|| Code(InternalError::new("serve a page", status).code().to_owned()));
            say(lang, &Phrase::InternalError { code: &code })
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn whose_message_took_too_long_is_sent_back_to_their_words_and_offered_no_empty_box() {
        for lang in Lang::all() {
            let response = with_page(lang, false, StatusCode::REQUEST_TIMEOUT.into_response());
            assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
            let page = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let page = String::from_utf8(page.to_vec()).unwrap();
            assert!(
                page.contains("class=\"notice\"") && !page.contains("<textarea") && !page.contains("<a href=\"/\">←")
            );
            let other = with_page(lang, false, StatusCode::NOT_FOUND.into_response());
            let other = to_bytes(other.into_body(), usize::MAX).await.unwrap();
            assert!(String::from_utf8(other.to_vec()).unwrap().contains("<textarea"));
        }
    }
}
