//! Browsing: topics, and entries that a person opens by a button or a link.

use super::reply::{Answer, ReplyKind};
use super::turn::TurnBuilder;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::{EntryKey, TopicKey};
use crate::domain::text::lang::Lang;

impl TurnBuilder<'_> {
    pub(super) fn topic(&mut self, key: &TopicKey) {
        if self.knowledge.entries_of(key).next().is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.note(Event::TopicOpened(key.clone(), self.lang));
        self.show(ReplyKind::Topic(key.clone()));
    }

    /// Shows an entry that was not found by words, and remembers it as the context of the next message.
    pub(super) fn open(&mut self, key: &EntryKey, lang: Lang) {
        self.note(Event::Opened { entry: key.clone(), lang });
        let words = self.knowledge.entry(key).map_or("", |entry| entry.question(lang)).to_owned();
        self.chat.remember(Some(key.clone()), &words, self.now);
        let answer = self.answer_with(key, lang);
        self.show_part(answer, lang);
    }

    /// Replaces the shown answer by the same entry in another language.
    pub(super) fn open_in_place(&mut self, key: &EntryKey, lang: Lang) {
        if self.knowledge.entry(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.note(Event::Opened { entry: key.clone(), lang });
        self.subject(key, lang);
        let answer = self.answer_with(key, lang);
        let before = std::mem::replace(&mut self.lang, lang);
        let (parts, revision) = (answer.shown.parts(), self.knowledge.revision_of(key, lang));
        self.show(ReplyKind::Answer(answer));
        self.chat.has_said(parts, revision, self.now);
        self.lang = before;
    }

    pub(super) fn answer_with(&self, key: &EntryKey, lang: Lang) -> Answer {
        let offer_language = self.chat.lang.is_some_and(|chosen| chosen != lang);
        Answer { offer_language, ..Answer::lead(key.clone(), self.chat.municipality.clone()) }
    }
}
