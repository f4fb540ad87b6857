//! The page: the talk so far, a box to write in, and the way to everything else.

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

/// How long after the talk has been erased a page that is still open clears itself, in seconds.
const AFTER: i64 = 5;

/// The page.
#[derive(Template)]
#[template(path = "chat/page.html")]
pub(in crate::web) struct Page {
    lang: Lang,
    turns: Vec<Turn>,
    /// Something to say that is not part of the talk.
    notice: Option<String>,
    /// The link by which the person has come, until they do something.
    link: Option<Link>,
    /// Whether there is a talk to be cleared when its time is over.
    clears: bool,
    /// The page's own name.
    sheet: PageId,
    /// What stands in the box already: what was typed and could not be taken.
    box_text: String,
    /// Whether there is a box to write in, and a link back to the talk.
    asks: bool,
}

/// What was said, and what we said to it.
struct Turn {
    said: Option<Utterance>,
    bubbles: Vec<Bubble>,
    last: bool,
}

/// What a person said, most likely in the language in which we answered.
struct Utterance {
    lang: Lang,
    text: String,
    pressed: bool,
}

impl Page {
    /// The talk so far; only the newest messages have buttons.
    pub fn talk(exchanges: &[Exchange]) -> Page {
        let newest = exchanges.len().saturating_sub(1);
        let turns = exchanges.iter().enumerate().map(|(place, exchange)| turn(exchange, place == newest)).collect();
        let lang = exchanges.last().map_or_else(Lang::first, |exchange| exchange.lang);
        Page { turns, clears: true, ..Page::empty(lang) }
    }

    /// A greeting to somebody new.
    pub fn greeting(lang: Lang, messages: &[Message], link: Option<Link>) -> Page {
        Page { turns: vec![ours(messages)], link, ..Page::empty(lang) }
    }

    /// The last that is said to somebody who is forgotten now.
    pub fn forgotten(messages: &[Message]) -> Page {
        let lang = messages.last().map_or_else(Lang::first, |message| message.lang);
        Page { turns: vec![ours(messages)], ..Page::empty(lang) }
    }

    /// Something went wrong.
    pub fn problem(lang: Lang, words: String) -> Page {
        Page { notice: Some(words), ..Page::empty(lang) }
    }

    /// Something went wrong, and what was typed stands in the box of the page before: one more box would only mislead.
    pub fn only_problem(lang: Lang, words: String) -> Page {
        Page { asks: false, ..Page::problem(lang, words) }
    }

    /// With what was typed in the box again.
    pub fn holding(self, typed: Option<TypedText>) -> Page {
        let TypedText { text, link } = typed.unwrap_or_default();
        Page { box_text: text, link, ..self }
    }

    /// With word of it that the browser keeps no cookie, so that no talk can be shown.
    pub fn without_cookies(self) -> Page {
        Page { notice: Some(self.word(Phrase::WebNoCookies)), ..self }
    }

    /// With word of it that the talk was cleared.
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

    /// When the page clears itself, in seconds.
    fn clears_after(&self) -> Option<i64> {
        self.clears.then_some(MEMORY.num_seconds() + AFTER)
    }

    /// The languages, with the buttons that choose them.
    fn languages(&self) -> impl Iterator<Item = (Lang, Button)> {
        Lang::all().map(|lang| (lang, Button::Language(lang)))
    }

    /// What stands on every page.
    fn always(&self) -> [(Button, String); 5] {
        [
            (Button::Topics, self.word(Phrase::ButtonTopics)),
            (Button::Offices, self.word(Phrase::ButtonOffices)),
            (Button::Help, self.word(Phrase::ButtonHelp)),
            (Button::Privacy, self.word(Phrase::ButtonPrivacy)),
            (Button::Forget, self.word(Phrase::ButtonForget)),
        ]
    }

    /// Whether something went wrong, so that a link has to lead back to the talk.
    fn has_problem(&self) -> bool {
        self.turns.is_empty()
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        rendered(&self)
    }
}

/// A page as the browser gets it.
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
            // A command that was typed is shown by what it does.
            Some(Input::Command(command)) => {
                Utterance { lang, text: say(lang, &command_phrase(command)), pressed: true }
            }
            Some(_) | None => Utterance { lang, text: words.clone(), pressed: false },
        },
    }
}
