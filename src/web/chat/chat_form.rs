//! Reads a posted chat form: text or a button, and the start link. Text that cannot be accepted goes back into the box.

use axum::body::{Body, Bytes};
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde::Deserialize;

use super::page_id::PageId;
use crate::bot::citizen::{Button, Input, Link};
use crate::bot::script::talk_file;
use crate::domain::text::plain;

/// Longest form in bytes.
const LONGEST_FORM: usize = 64 * 1024;
/// A longer form is read and discarded up to this size: browsers show a response only after sending the whole body.
const THROWN_AWAY: usize = 8 * 1024 * 1024;
/// Longest text in characters, the same limit as in Telegram.
const LONGEST_WORDS: usize = 4096;

/// The content of a posted form.
#[derive(Debug, PartialEq)]
pub(in crate::web) struct ChatForm {
    /// The message or button; `None` if the box was empty.
    pub input: Option<Input>,
    /// The start link that the person came by, if this is their first input.
    pub link: Option<Link>,
    /// Id of the page that sent the form.
    pub sheet: Option<PageId>,
    /// The typed text, shown again if the form cannot be processed.
    pub typed: TypedText,
}

/// Typed text that a response carries to the error page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::web) struct TypedText {
    /// The text in the box.
    pub text: String,
    /// The start link that the person came by.
    pub link: Option<Link>,
}

impl TypedText {
    /// Attaches the text to a response, so that the error page can put it back into the box.
    pub fn within(self, mut response: Response) -> Response {
        if !self.text.is_empty() {
            response.extensions_mut().insert(self);
        }
        response
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    text: String,
    press: Option<String>,
    start: String,
    sheet: String,
}

impl<S: Send + Sync> FromRequest<S> for ChatForm {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<ChatForm, Response> {
        let (parts, body) = request.into_parts();
        let (bytes, whole) = read(body).await.map_err(IntoResponse::into_response)?;
        let form = Form::<Fields>::from_request(Request::from_parts(parts, Body::from(bytes)), state).await;
        let Form(fields) = form.map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
        if whole && fields.text.chars().count() <= LONGEST_WORDS {
            return Ok(ChatForm::of(fields));
        }
        let link = Link::parse(&fields.start);
        Err(TypedText { text: fields.text, link }.within(StatusCode::PAYLOAD_TOO_LARGE.into_response()))
    }
}

impl ChatForm {
    fn of(fields: Fields) -> ChatForm {
        let input = match fields.press {
            Some(press) => Some(press.parse::<Button>().map_or(Input::OldButton, Input::Press)),
            None => input(&fields.text),
        };
        let (link, sheet) = (Link::parse(&fields.start), PageId::parse(&fields.sheet));
        ChatForm { input, link: link.clone(), sheet, typed: TypedText { text: fields.text, link } }
    }
}

fn input(text: &str) -> Option<Input> {
    let words = plain::lines(text);
    let words = words.trim();
    (!words.is_empty()).then(|| talk_file::input(words))
}

/// The form up to `LONGEST_FORM`, and whether that is the whole form.
async fn read(body: Body) -> Result<(Bytes, bool), StatusCode> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| StatusCode::BAD_REQUEST)?;
        seen += piece.len();
        kept.extend_from_slice(&piece[..piece.len().min(LONGEST_FORM - kept.len())]);
        if seen > THROWN_AWAY {
            break;
        }
    }
    let whole = seen <= LONGEST_FORM;
    if !whole {
        whole_signs(&mut kept);
    }
    Ok((kept.into(), whole))
}

/// Removes an incomplete percent-encoded character from the end of a cut form; otherwise the form could not be parsed.
fn whole_signs(form: &mut Vec<u8>) {
    let percent = form.iter().rev().take(2).position(|b| *b == b'%');
    if let Some(back) = percent {
        form.truncate(form.len() - back - 1);
    }
    let first = |b: u8| b & 0xC0 != 0x80;
    // Characters of several bytes are sent as `%C3%B1`: removes trailing bytes back to the first byte of the last one.
    while let [.., b'%', high, low] = form.as_slice() {
        let digits = [*high, *low];
        let byte = std::str::from_utf8(&digits).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let Some(byte) = byte.filter(|byte| *byte >= 0x80) else { break };
        form.truncate(form.len() - 3);
        if first(byte) {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::citizen::Command;

    fn text(text: &str) -> Option<Input> {
        ChatForm::of(Fields { text: text.into(), ..Fields::default() }).input
    }

    #[test]
    fn words_commands_and_buttons_are_told_apart() {
        assert_eq!(text("  bonjou \u{0} "), Some(Input::Text("bonjou".into())));
        assert_eq!(text("/forget"), Some(Input::Command(Command::Forget)));
        assert_eq!(text(" \n"), None);
        let press = |press: &str| ChatForm::of(Fields { press: Some(press.into()), ..Fields::default() }).input;
        assert_eq!(press("menu"), Some(Input::Press(Button::Menu)));
        assert_eq!(press("<script>"), Some(Input::OldButton));
    }

    #[tokio::test]
    async fn a_form_too_long_is_read_to_its_end_and_its_beginning_is_kept() {
        let read = async |length: usize| read(Body::from(vec![b'a'; length])).await.unwrap();
        for (length, whole) in [(LONGEST_FORM, true), (LONGEST_FORM + 1, false), (1 << 20, false)] {
            let (kept, all) = read(length).await;
            assert_eq!((kept.len(), all), (LONGEST_FORM, whole), "{length}");
        }
    }

    #[test]
    fn a_form_that_was_cut_ends_with_a_whole_sign() {
        for (cut, whole) in [
            ("text=a%C3%B1", "text=a"),
            ("text=a%C3%B", "text=a"),
            ("text=a%C3%", "text=a"),
            ("text=%F0%9F%99", "text="),
            ("text=a%20", "text=a%20"),
            ("text=ab", "text=ab"),
        ] {
            let mut form = cut.as_bytes().to_vec();
            whole_signs(&mut form);
            assert_eq!(String::from_utf8(form).unwrap(), whole, "{cut}");
        }
    }
}
