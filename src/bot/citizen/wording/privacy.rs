//! Wording of the privacy notice, and of the data stored about a person.

use super::Words;
use crate::bot::citizen::input::Button;
use crate::bot::citizen::reply::Held;
use crate::bot::message::{File, Message};
use crate::domain::people::chat::{MEMORY, SILENCE};
use crate::domain::text::rich::{Block, Span};
use crate::i18n::Phrase;

impl Words<'_> {
    pub(super) fn privacy(&self) -> Message {
        self.phrase(Phrase::PrivacyPlain)
            .row(vec![self.choice(Phrase::ButtonPrivacyFull, Button::PrivacyFull)])
            .row(vec![self.choice(Phrase::ButtonForget, Button::Forget)])
            .row(vec![self.choice(Phrase::ButtonCopy, Button::Copy)])
            .row(vec![self.back()])
    }

    /// The full notice: who runs the bot, what is stored and how long, who sees it, how to erase it.
    pub(super) fn privacy_full(&self) -> Message {
        let message = self.phrase(Phrase::PrivacyWho);
        let message = match self.knowledge.operator() {
            Some(operator) => message.line(operator),
            None => message.blocks(self.blocks(Phrase::PrivacyNobody)),
        };
        let minutes = MEMORY.num_minutes().to_string();
        message
            .blocks(self.blocks(Phrase::PrivacyKept { minutes: &minutes, days: &SILENCE.num_days().to_string() }))
            .blocks(self.blocks(Phrase::PrivacySeen))
            .blocks(self.blocks(Phrase::PrivacyErase))
            .row(vec![self.choice(Phrase::ButtonForget, Button::Forget)])
            .row(vec![self.choice(Phrase::ButtonCopy, Button::Copy)])
            .row(vec![self.back()])
    }

    /// The file stays empty here: the turn's commit fills it, since not all stored data is part of the chat's state.
    pub(super) fn copy(&self) -> Message {
        let file = File { name: self.say(Phrase::CopyName), text: String::new() };
        let message = Message { file: Some(file), ..self.phrase(Phrase::CopyHere) };
        message.row(vec![self.choice(Phrase::ButtonForget, Button::Forget)]).row(vec![self.back()])
    }

    pub(super) fn held(&self, held: &Held) -> Message {
        let mut points = Vec::new();
        points.extend(held.lang.map(|lang| self.say(Phrase::ForgetLanguage { language: lang.name() })));
        let place = held.municipality.as_ref().and_then(|key| self.knowledge.municipality(key));
        points.extend(place.map(|place| self.say(Phrase::ForgetPlace { place: &place.name })));
        let entry = held.entry.as_ref().and_then(|key| self.knowledge.entry(key));
        points.extend(entry.map(|entry| self.say(Phrase::ForgetQuestion { question: entry.question(self.lang) })));
        points.extend(held.words.then(|| self.say(Phrase::ForgetWords)));
        points.extend(held.handoff.map(|_| self.say(Phrase::ForgetHandoff)));
        points.extend(held.subscribed.then(|| self.say(Phrase::ForgetWish)));
        points.extend(held.discreet.then(|| self.say(Phrase::ForgetDiscreet)));
        points.push(self.say(Phrase::ForgetRest));
        self.phrase(Phrase::ForgetTitle)
            .blocks(points.into_iter().map(|point| Block::Item(vec![Span::plain(point)])))
            .line(self.say(Phrase::ForgetAsk))
            .row(vec![self.choice(Phrase::ButtonForgetYes, Button::ForgetYes)])
            .row(vec![self.choice(Phrase::ButtonForgetNo, Button::ForgetNo)])
            .row(vec![self.choice(Phrase::ButtonCopy, Button::Copy)])
    }
}
