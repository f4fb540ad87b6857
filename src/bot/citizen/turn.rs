//! Builds a turn: the chat's state, and the replies and events decided so far.

use chrono::{DateTime, Utc};

use super::input::{Input, TurnInput};
use super::reply::{Reply, ReplyKind};
use crate::bot::knowledge::Knowledge;
use crate::domain::people::chat::Chat;
use crate::domain::safety::danger::{Danger, Sign};
use crate::domain::statistics::event::Event;
use crate::domain::statistics::feedback::Ballot;
use crate::domain::text::lang::Lang;
use crate::understanding::language::NamedDay;

/// The result of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The chat's new state.
    pub chat: Chat,
    /// The replies, in order; empty only while a person answers and the bot stays silent.
    pub replies: Vec<Reply>,
    /// The events to record.
    pub events: Vec<Event>,
    /// Whether it is about a discreet topic: nobody else should read about it on the person's phone.
    pub discreet: bool,
}

/// A turn under construction.
pub(super) struct TurnBuilder<'a> {
    pub knowledge: &'a Knowledge,
    pub now: DateTime<Utc>,
    /// The language of menus and of other texts without a language of their own.
    pub lang: Lang,
    pub proposed: Option<Lang>,
    /// Whether an answer can reach the person later.
    pub reachable: bool,
    /// The day that the message names.
    pub day: Option<NamedDay>,
    /// Whether a button was pressed, so that its message can be changed instead of sending a new one.
    pub pressed: bool,
    pub chat: Chat,
    replies: Vec<Reply>,
    events: Vec<Event>,
    /// Whether the chat was about a discreet topic before this turn.
    pub was_discreet: bool,
    /// The danger whose line of help this turn shows.
    pub danger: Option<Sign>,
}

impl<'a> TurnBuilder<'a> {
    pub fn new(knowledge: &'a Knowledge, chat: &Chat, turn_input: &TurnInput, now: DateTime<Utc>) -> TurnBuilder<'a> {
        let lang = chat.lang.or(turn_input.proposed).unwrap_or_else(Lang::first);
        TurnBuilder {
            knowledge,
            now,
            lang,
            proposed: turn_input.proposed,
            reachable: turn_input.reachable,
            day: match &turn_input.input {
                Input::Text(text) => NamedDay::of(text),
                Input::Command(_)
                | Input::Start(_)
                | Input::Press(_)
                | Input::OldButton
                | Input::Place(_)
                | Input::Media(_) => None,
            },
            pressed: false,
            chat: chat.clone(),
            replies: Vec::new(),
            events: Vec::new(),
            was_discreet: is_about_discreet(knowledge, chat, now),
            danger: None,
        }
    }

    /// Adds a reply in the language of the chat.
    pub fn say(&mut self, kind: ReplyKind) {
        self.say_in(self.lang, kind);
    }

    /// Adds a reply in this language.
    pub fn say_in(&mut self, lang: Lang, kind: ReplyKind) {
        self.may_be_voted_on(lang, &kind);
        self.replies.push(Reply { lang, kind, in_place: false, reachable: self.reachable, day: self.day });
    }

    /// Adds a reply in place of the message whose button was pressed; only the first reply can be in place.
    pub fn show(&mut self, kind: ReplyKind) {
        let in_place = self.pressed && self.replies.is_empty();
        self.may_be_voted_on(self.lang, &kind);
        self.replies.push(Reply { lang: self.lang, kind, in_place, reachable: self.reachable, day: self.day });
    }

    /// Allows one vote on each answer that is given.
    fn may_be_voted_on(&mut self, lang: Lang, kind: &ReplyKind) {
        let Some(answer) = kind.answer() else { return };
        if let Some(revision) = self.knowledge.revision_of(&answer.entry, lang) {
            self.chat.given(Ballot::useful(&answer.entry, lang, revision), self.now);
        }
    }

    /// Records an event.
    pub fn note(&mut self, event: Event) {
        self.events.push(event);
    }

    pub fn finish(self) -> Turn {
        let was = self.was_discreet && !self.is_forgotten();
        let about = was || is_about_discreet(self.knowledge, &self.chat, self.now);
        let discreet = about || self.replies.iter().any(|reply| self.is_discreet(&reply.kind));
        Turn { discreet, chat: self.chat, replies: self.replies, events: self.events }
    }

    /// Whether everything was just erased: then the number of the confirming message is not stored either.
    fn is_forgotten(&self) -> bool {
        self.replies.iter().any(|reply| matches!(reply.kind, ReplyKind::Forgotten))
    }

    fn is_discreet(&self, kind: &ReplyKind) -> bool {
        if let Some(entry) = kind.entry() {
            return self.knowledge.is_discreet_entry(entry);
        }
        if let ReplyKind::Several(entries) = kind {
            return entries.iter().any(|entry| self.knowledge.is_discreet_entry(entry));
        }
        if let ReplyKind::Topic(topic) = kind {
            return self.knowledge.is_discreet(topic);
        }
        if let ReplyKind::Danger(sign) = kind {
            return match sign.kind {
                Danger::Violence | Danger::Stranger | Danger::Child | Danger::Trafficking | Danger::Suicide => true,
                Danger::Medical | Danger::Arrest => false,
            };
        }
        false
    }
}

/// Whether the last answer of the chat was about a discreet topic.
fn is_about_discreet(knowledge: &Knowledge, chat: &Chat, now: DateTime<Utc>) -> bool {
    let entry = chat.recall(now).and_then(|memory| memory.entry.as_ref());
    entry.is_some_and(|entry| knowledge.is_discreet_entry(entry))
}
