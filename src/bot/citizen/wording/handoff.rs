//! Wording of the handoff to a person: consent, waiting, and the person's answer.

use super::Words;
use crate::bot::citizen::input::Button;
use crate::bot::citizen::reply::{Answer, Expected};
use crate::bot::message::{Choice, Line, Message};
use crate::domain::inbox::question::Handoff;
use crate::domain::text::id::{MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};
use crate::i18n::{Phrase, weekday_and_time};

impl Words<'_> {
    /// Adds the buttons that lead to a person, below unanswered words.
    pub(super) fn to_a_person(&self, message: Message) -> Message {
        let message = message.row(vec![self.person()]);
        match self.reachable {
            true => message.row(vec![self.choice(Phrase::ButtonTellMe, Button::TellMe(self.lang))]),
            false => message,
        }
    }

    /// The button that leads to a person: by message where an answer can be delivered, else by phone and address.
    pub(super) fn person(&self) -> Choice {
        let phrase = if self.reachable { Phrase::ButtonPerson } else { Phrase::ButtonPersonAtOffice };
        self.choice(phrase, Button::Person(self.lang))
    }

    /// Offices where a person answers, at a door to which no answer can be delivered later.
    pub(super) fn nobody_here(&self, offices: &[OfficeKey]) -> Message {
        let offices = offices.iter().filter_map(|key| self.knowledge.office(key));
        let message = offices
            .fold(self.phrase(Phrase::NobodyHere), |message, office| message.spans(self.office_line(office, None)));
        self.next_steps(message)
    }

    pub(super) fn consent(&self, words: Option<&str>, municipality: Option<&MunicipalityKey>) -> Message {
        let place = municipality.and_then(|key| self.knowledge.municipality(key)).map(|place| place.name.as_str());
        let who = place.map_or(Phrase::ConsentAny, |place| Phrase::ConsentPlace { place });
        let message = self.phrase(who).blocks(self.blocks(Phrase::ConsentAbout));
        match words {
            Some(words) => self
                .quoted(message, Phrase::ConsentWords, words)
                .row(vec![self.choice(Phrase::ButtonLeave, Button::Leave(self.lang))])
                .row(vec![self.choice(Phrase::ButtonLeaveOther, Button::LeaveOther(self.lang))])
                .row(vec![self.choice(Phrase::ButtonLeaveNo, Button::LeaveNo(self.lang))]),
            None => message
                .row(vec![self.choice(Phrase::ButtonWriteQuestion, Button::LeaveOther(self.lang))])
                .row(vec![self.choice(Phrase::ButtonLeaveNo, Button::LeaveNo(self.lang))]),
        }
    }

    fn quoted(&self, message: Message, title: Phrase<'_>, words: &str) -> Message {
        message.blocks(self.blocks(title)).spans(vec![Span::plain(format!("«{words}»"))])
    }

    pub(super) fn write_question(&self) -> Message {
        self.phrase(Phrase::WriteQuestion).row(vec![self.choice(Phrase::ButtonLeaveNo, Button::LeaveNo(self.lang))])
    }

    /// Adds the buttons below a message about an open question.
    pub(super) fn while_it_waits(&self, message: Message) -> Message {
        message.row(vec![self.take_back()]).row(vec![self.choice(Phrase::ButtonMenu, Button::Menu)])
    }

    pub(super) fn take_back(&self) -> Choice {
        self.choice(Phrase::ButtonTakeBack, Button::TakeBack(self.lang))
    }

    pub(super) fn question_left(&self, expected: Expected) -> Message {
        let message = self
            .phrase(Phrase::QuestionLeft)
            .line(self.expected(expected))
            .blocks(self.blocks(Phrase::QuestionLeftNext));
        self.while_it_waits(message)
    }

    /// When a person reads a question.
    pub(super) fn expected(&self, expected: Expected) -> String {
        match expected {
            Expected::OpenUntil(time) => self.say(Phrase::ExpectedOpen { time: &time.format("%H:%M").to_string() }),
            Expected::OpensNext { at, now } => {
                self.say(Phrase::ExpectedNext { when: &weekday_and_time(self.lang, at, now) })
            }
            Expected::Unknown => self.say(Phrase::ExpectedUnknown),
        }
    }

    pub(super) fn question_open(&self, handoff: Handoff, words: Option<&str>) -> Message {
        let message = self.phrase(match handoff {
            Handoff::Waiting => Phrase::QuestionWaits,
            Handoff::Claimed => Phrase::QuestionClaimed,
        });
        let message = match words {
            Some(words) => self
                .quoted(message, Phrase::ConsentMore, words)
                .row(vec![self.choice(Phrase::ButtonLeave, Button::Leave(self.lang))]),
            None => message,
        };
        self.while_it_waits(message)
    }

    /// A person's answer: first in the asker's language, then as it was written.
    pub(super) fn persons_words(&self, who: &str, words: &[(Lang, String)]) -> Message {
        let mut message = Message::new(self.lang).blocks(self.blocks(Phrase::PersonAnswers { who }));
        for (lang, text) in words {
            let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
            message.lines.extend(paragraphs.map(|line| Line { lang: *lang, block: Block::plain(line.trim()) }));
        }
        message.line(self.say(Phrase::PersonNext)).row(vec![self.take_back()])
    }

    pub(super) fn question_moved(&self, key: &MunicipalityKey) -> Message {
        let place = self.knowledge.municipality(key).map_or(key.as_str(), |place| &place.name);
        self.while_it_waits(self.phrase(Phrase::QuestionMoved { place }))
    }

    pub(super) fn told(&self, words: &str, answer: &Answer) -> Message {
        let answer = self.answer(answer);
        let mut message = self.quoted(Message::new(self.lang), Phrase::ToldNow, words);
        message.lines.extend(answer.lines);
        message.rows = answer.rows;
        message
    }
}
