//! The chat page: the conversation, the text box, and buttons for topics, offices, help, privacy and erasing.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::chat_form::TypedText;
use super::page_id::PageId;
use super::render::{Bubble, Kind, bubbles};
use crate::app::{Exchange, InternalError, Shown};
use crate::bot::citizen::{Button, Input, Link, Message, command_phrase};
use crate::bot::script::talk_file;
use crate::domain::people::chat::MEMORY;
use crate::domain::text::lang::Lang;
use crate::i18n::{Phrase, say};
use crate::web::assets::{ICON_PATH, STYLE_PATH};

/// Seconds between the erasure of a conversation and the moment at which an open page clears itself.
const AFTER: i64 = 5;

/// The chat page.
#[derive(Template)]
#[template(path = "chat/page.html")]
pub(in crate::web) struct Page {
    lang: Lang,
    turns: Vec<Turn>,
    /// A message of the page itself, outside the conversation.
    notice: Option<String>,
    /// The start link that the visitor came by, until their first input.
    link: Option<Link>,
    /// Whether the page shows a conversation that has to be cleared at the end of its retention period.
    clears: bool,
    /// The page's id, sent with its forms.
    sheet: PageId,
    /// Initial content of the text box: text that could not be accepted.
    box_text: String,
    /// Whether the page has a text box and a link back to the conversation.
    asks: bool,
}

/// An input with its replies.
struct Turn {
    said: Option<Utterance>,
    bubbles: Vec<Bubble>,
    last: bool,
}

/// A person's input; its language is assumed to be that of the reply.
struct Utterance {
    lang: Lang,
    text: String,
    pressed: bool,
}

impl Page {
    /// The conversation; only the newest messages have buttons.
    pub fn talk(exchanges: &[Exchange]) -> Page {
        let newest = exchanges.len().saturating_sub(1);
        let turns = exchanges.iter().enumerate().map(|(place, exchange)| turn(exchange, place == newest)).collect();
        let lang = exchanges.last().map_or_else(Lang::first, |exchange| exchange.lang);
        Page { turns, clears: true, ..Page::empty(lang) }
    }

    /// A greeting for a new visitor.
    pub fn greeting(lang: Lang, messages: &[Message], link: Option<Link>) -> Page {
        Page { turns: vec![ours(messages)], link, ..Page::empty(lang) }
    }

    /// The last message, after the conversation was erased.
    pub fn forgotten(messages: &[Message]) -> Page {
        let lang = messages.last().map_or_else(Lang::first, |message| message.lang);
        Page { turns: vec![ours(messages)], ..Page::empty(lang) }
    }

    /// An error page with a text box.
    pub fn problem(lang: Lang, words: String) -> Page {
        Page { notice: Some(words), ..Page::empty(lang) }
    }

    /// An error page without a text box: the typed text is still in the previous page's box; another would mislead.
    pub fn only_problem(lang: Lang, words: String) -> Page {
        Page { asks: false, ..Page::problem(lang, words) }
    }

    /// Puts the typed text back into the box.
    pub fn holding(self, typed: Option<TypedText>) -> Page {
        let TypedText { text, link } = typed.unwrap_or_default();
        Page { box_text: text, link, ..self }
    }

    /// Adds the notice that the browser keeps no cookies, so that no conversation can be shown.
    pub fn without_cookies(self) -> Page {
        Page { notice: Some(self.word(Phrase::WebNoCookies)), ..self }
    }

    /// Adds the notice that the conversation was cleared.
    pub fn cleared(self) -> Page {
        Page { notice: Some(self.word(Phrase::WebExpired)), ..self }
    }

    fn empty(lang: Lang) -> Page {
        Page {
            lang,
            turns: Vec::new(),
            notice: None,
            link: None,
            clears: false,
            sheet: PageId::new(),
            box_text: String::new(),
            asks: true,
        }
    }

    fn word(&self, phrase: Phrase<'_>) -> String {
        say(self.lang, &phrase)
    }

    /// Seconds until the page clears itself.
    fn clears_after(&self) -> Option<i64> {
        self.clears.then_some(MEMORY.num_seconds() + AFTER)
    }

    /// The languages with the buttons that choose them.
    fn languages(&self) -> impl Iterator<Item = (Lang, Button)> {
        Lang::all().map(|lang| (lang, Button::Language(lang)))
    }

    /// The buttons on every page.
    fn always(&self) -> [(Button, String); 5] {
        [
            (Button::Topics, self.word(Phrase::ButtonTopics)),
            (Button::Offices, self.word(Phrase::ButtonOffices)),
            (Button::Help, self.word(Phrase::ButtonHelp)),
            (Button::Privacy, self.word(Phrase::ButtonPrivacy)),
            (Button::Forget, self.word(Phrase::ButtonForget)),
        ]
    }

    /// Whether this is an error page, which needs a link back to the conversation.
    fn has_problem(&self) -> bool {
        self.turns.is_empty()
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        rendered(&self)
    }
}

/// Renders a template as a response.
pub(in crate::web) fn rendered(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => InternalError::new("paint a page", error).into_response(),
    }
}

fn turn(exchange: &Exchange, last: bool) -> Turn {
    let said = exchange.said.as_ref().map(|shown| utterance(shown, exchange));
    Turn { said, bubbles: bubbles(&exchange.replies, last), last }
}

fn ours(messages: &[Message]) -> Turn {
    Turn { said: None, bubbles: bubbles(messages, true), last: true }
}

fn utterance(shown: &Shown, exchange: &Exchange) -> Utterance {
    let lang = exchange.replies.last().map_or(exchange.lang, |message| message.lang);
    match shown {
        Shown::Pressed(label) => Utterance { lang, text: label.clone(), pressed: true },
        Shown::Words(words) => match talk_file::command(words) {
            // Shows a typed command as the label of its button.
            Some(Input::Command(command)) => {
                Utterance { lang, text: say(lang, &command_phrase(command)), pressed: true }
            }
            Some(_) | None => Utterance { lang, text: words.clone(), pressed: false },
        },
    }
}
