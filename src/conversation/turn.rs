//! A turn in the making: what the talk knows, and what has been decided to say.

use chrono::{DateTime, Utc};

use super::reply::{Meaning, Reply};
use super::said::Heard;
use crate::domain::chat::Chat;
use crate::domain::event::Event;
use crate::domain::lang::Lang;
use crate::knowledge::Knowledge;

/// What became of something that was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The chat as it is from now on.
    pub chat: Chat,
    /// What to say, in order; empty only where a person is answering and we keep silent.
    pub replies: Vec<Reply>,
    /// What happened.
    pub events: Vec<Event>,
}

/// A turn in the making.
pub(super) struct Talk<'a> {
    pub knowledge: &'a Knowledge,
    pub now: DateTime<Utc>,
    /// The language of menus and of what has no language of its own.
    pub lang: Lang,
    pub proposed: Option<Lang>,
    /// Whether an answer can reach the person later.
    pub reachable: bool,
    /// Whether a button was pressed, so that its message can be changed instead of sending another.
    pub pressed: bool,
    pub chat: Chat,
    replies: Vec<Reply>,
    events: Vec<Event>,
}

impl<'a> Talk<'a> {
    pub fn new(knowledge: &'a Knowledge, chat: &Chat, heard: &Heard, now: DateTime<Utc>) -> Talk<'a> {
        let lang = chat.lang.or(heard.proposed).unwrap_or_else(Lang::first);
        Talk {
            knowledge,
            now,
            lang,
            proposed: heard.proposed,
            reachable: heard.reachable,
            pressed: false,
            chat: chat.clone(),
            replies: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Says it in the language of the talk.
    pub fn say(&mut self, meaning: Meaning) {
        self.say_in(self.lang, meaning);
    }

    /// Says it in this language.
    pub fn say_in(&mut self, lang: Lang, meaning: Meaning) {
        self.replies.push(Reply { lang, meaning, in_place: false });
    }

    /// Says it in place of the message whose button was pressed.
    pub fn show(&mut self, meaning: Meaning) {
        let in_place = self.pressed && self.replies.is_empty();
        self.replies.push(Reply { lang: self.lang, meaning, in_place });
    }

    /// Notes a fact.
    pub fn note(&mut self, event: Event) {
        self.events.push(event);
    }

    pub fn finish(self) -> Turn {
        Turn { chat: self.chat, replies: self.replies, events: self.events }
    }
}
