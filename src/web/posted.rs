//! What a form brought: words or a button, and the link the person had come by.

use axum::body::{Body, Bytes};
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use futures::StreamExt;
use serde::Deserialize;

use crate::conversation::{Button, Link, Said, talk_file};

/// Longest form in bytes.
const LONGEST_FORM: usize = 64 * 1024;
/// What comes beyond that is read and thrown away up to here: a browser shows our answer only when it could send all.
const THROWN_AWAY: usize = 8 * 1024 * 1024;
/// Longest words in characters, as in Telegram; what is longer is cut.
const LONGEST_WORDS: usize = 4096;

/// What a form brought.
#[derive(Debug, PartialEq)]
pub(super) struct Posted {
    /// What was said, unless the box was empty.
    pub said: Option<Said>,
    /// The link by which the person had come, when this is the first that they do.
    pub link: Option<Link>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    text: String,
    press: Option<String>,
    start: String,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Posted, StatusCode> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        let form = Form::<Fields>::from_request(Request::from_parts(parts, Body::from(bytes)), state).await;
        form.map(|Form(fields)| Posted::of(fields)).map_err(|_| StatusCode::BAD_REQUEST)
    }
}

impl Posted {
    fn of(fields: Fields) -> Posted {
        let said = match fields.press {
            Some(press) => Some(press.parse::<Button>().map_or(Said::OldButton, Said::Press)),
            None => said(&fields.text),
        };
        Posted { said, link: Link::parse(&fields.start) }
    }
}

fn said(text: &str) -> Option<Said> {
    let words: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST_WORDS).collect();
    let words = words.trim();
    (!words.is_empty()).then(|| talk_file::said(words))
}

async fn read(body: Body) -> Result<Bytes, StatusCode> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| StatusCode::BAD_REQUEST)?;
        seen += piece.len();
        if seen <= LONGEST_FORM {
            kept.extend_from_slice(&piece);
        } else if seen > THROWN_AWAY {
            break;
        }
    }
    if seen > LONGEST_FORM { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(kept.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Command;

    fn text(text: &str) -> Option<Said> {
        Posted::of(Fields { text: text.into(), ..Fields::default() }).said
    }

    #[test]
    fn words_commands_and_buttons_are_told_apart() {
        assert_eq!(text("  bonjou \u{0} "), Some(Said::Text("bonjou".into())));
        assert_eq!(text("/forget"), Some(Said::Command(Command::Forget)));
        assert_eq!(text(" \n"), None);
        let press = |press: &str| Posted::of(Fields { press: Some(press.into()), ..Fields::default() }).said;
        assert_eq!(press("menu"), Some(Said::Press(Button::Menu)));
        assert_eq!(press("<script>"), Some(Said::OldButton));
    }

    #[test]
    fn words_longer_than_a_message_are_cut() {
        let Some(Said::Text(words)) = text(&"é".repeat(9000)) else { panic!("words") };
        assert_eq!(words.chars().count(), LONGEST_WORDS);
    }

    #[tokio::test]
    async fn a_form_too_long_is_read_to_its_end_and_refused() {
        assert_eq!(read(Body::from(vec![b'a'; LONGEST_FORM])).await.map(|bytes| bytes.len()), Ok(LONGEST_FORM));
        assert_eq!(read(Body::from(vec![b'a'; 1 << 20])).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
