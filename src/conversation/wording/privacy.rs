//! Wording of the privacy notice and of what is held of a person.

use super::Words;
use crate::conversation::message::Message;
use crate::conversation::reply::Held;
use crate::conversation::said::Button;
use crate::domain::rich::{Block, Span};
use crate::locale::Phrase;

impl Words<'_> {
    pub(super) fn privacy(&self) -> Message {
        self.phrase(Phrase::PrivacyFull)
            .row(vec![self.choice(Phrase::ButtonForget, Button::Forget)])
            .row(vec![self.back()])
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
        points.extend(held.wish.then(|| self.say(Phrase::ForgetWish)));
        if points.is_empty() {
            points.push(self.say(Phrase::ForgetNothing));
        }
        self.phrase(Phrase::ForgetTitle)
            .blocks(points.into_iter().map(|point| Block::Item(vec![Span::plain(point)])))
            .line(self.say(Phrase::ForgetAsk))
            .row(vec![self.choice(Phrase::ButtonForgetYes, Button::ForgetYes)])
            .row(vec![self.choice(Phrase::ButtonForgetNo, Button::ForgetNo)])
    }
}
