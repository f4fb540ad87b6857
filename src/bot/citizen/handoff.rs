//! The handoff to a person: leaving a question, adding to it, taking it back; the bot is silent while somebody answers.

use chrono::NaiveDateTime;

use super::answer::readable;
use super::reply::{Expected, ReplyKind};
use super::turn::TurnBuilder;
use crate::domain::inbox::question::Handoff;
use crate::domain::offices::hours::Open;
use crate::domain::people::chat::Expecting;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;
use crate::understanding::redaction::redact;

impl TurnBuilder<'_> {
    /// Routes words: to the person who answers, into a new question, or to the bot's own answer.
    pub(super) fn written(&mut self, text: &str) {
        let words = readable(text);
        if self.chat.handoff == Some(Handoff::Claimed) {
            self.pass_on(&words);
        } else if self.asked_for_a_question() && words.chars().any(char::is_alphanumeric) {
            self.question_written(&words);
        } else {
            self.answer(&words);
        }
    }

    /// While a person answers, the bot stays silent, except for the line of help after words of danger.
    fn pass_on(&mut self, words: &str) {
        let lang = self.lang;
        self.help_first(words, lang);
        if !words.is_empty() {
            self.note(Event::QuestionContinued(lang, redact(words)));
        }
    }

    fn asked_for_a_question(&self) -> bool {
        self.chat.recall(self.now).is_some_and(|memory| memory.expecting == Some(Expecting::Question))
    }

    /// Shows the question as it would be handed over (redacted); nothing is handed over yet.
    fn question_written(&mut self, words: &str) {
        let lang = self.knowledge.identify(words, Some(self.lang)).lang.unwrap_or(self.lang);
        self.help_first(words, lang);
        self.chat.wonder(words, self.now);
        self.ask_for_a_person(lang);
    }

    pub(super) fn ask_for_a_person(&mut self, lang: Lang) {
        self.lang = lang;
        // A new message, not in place: people go back to the earlier answer.
        self.pressed = false;
        let words = self.open_words().map(|words| words.as_str().to_owned());
        match self.chat.handoff {
            Some(handoff) => self.show(ReplyKind::QuestionOpen { handoff, words }),
            None if !self.reachable => self.nobody_here(),
            None => {
                let municipality = self.chat.municipality.clone();
                self.show(ReplyKind::Consent { words, municipality });
            }
        }
    }

    /// Through this door no answer can be delivered later: names offices where a person answers.
    fn nobody_here(&mut self) {
        let offices = self.offices_for_everything(self.chat.municipality.as_ref());
        self.show(ReplyKind::NobodyHere(offices));
    }

    /// The unanswered words, redacted for display to others.
    fn open_words(&self) -> Option<Redacted> {
        self.chat.recall(self.now).and_then(|memory| memory.unanswered.as_deref()).map(redact)
    }

    pub(super) fn write_question(&mut self, lang: Lang) {
        self.lang = lang;
        if !self.reachable {
            return self.nobody_here();
        }
        self.chat.expect(Expecting::Question, self.now);
        self.show(ReplyKind::WriteQuestion);
    }

    pub(super) fn leave_question(&mut self, lang: Lang) {
        self.lang = lang;
        let Some(words) = self.open_words().filter(|_| self.reachable) else { return self.write_question(lang) };
        match self.chat.handoff {
            Some(_) => {
                self.note(Event::QuestionContinued(lang, words));
                self.show(ReplyKind::QuestionContinued);
            }
            None => {
                let municipality = self.chat.municipality.clone();
                self.show(ReplyKind::QuestionLeft(self.expected(municipality.as_ref())));
                let danger = self.is_in_danger();
                self.note(Event::QuestionLeft { lang, municipality, words, danger });
                self.chat.handoff = Some(Handoff::Waiting);
            }
        }
        self.given();
    }

    /// Clears the unanswered words, which need not be kept once they are with a person or refused.
    fn given(&mut self) {
        if let Some(memory) = &mut self.chat.memory {
            memory.unanswered = None;
            memory.expecting = None;
        }
    }

    pub(super) fn leave_nothing(&mut self, lang: Lang) {
        self.lang = lang;
        self.given();
        self.show(ReplyKind::NotLeft);
    }

    pub(super) fn take_back(&mut self, lang: Lang) {
        self.lang = lang;
        match self.chat.handoff.take() {
            Some(_) => {
                self.note(Event::QuestionTakenBack(lang));
                self.show(ReplyKind::TakenBack);
            }
            None => self.show(ReplyKind::NoQuestion),
        }
    }

    pub(super) fn tell_me(&mut self, lang: Lang) {
        self.lang = lang;
        self.pressed = false;
        match self.open_words() {
            _ if !self.reachable => self.nobody_here(),
            None => self.show(ReplyKind::OldButton),
            Some(words) => {
                self.note(Event::Subscribed(lang, words));
                self.chat.subscribed = true;
                self.show(ReplyKind::WillTell);
            }
        }
    }

    /// When the municipality's offices are open; only confirmed opening hours are promised.
    pub(super) fn expected(&self, municipality: Option<&MunicipalityKey>) -> Expected {
        let offices = municipality.into_iter().flat_map(|key| self.knowledge.offices_in(key));
        let opens = offices.filter_map(|office| {
            let now = office.local(self.now);
            match office.open_at(now)? {
                Open::Until(time) => Some(Expected::OpenUntil(time)),
                Open::Next(at) => Some(Expected::OpensNext { at, now }),
                Open::Always | Open::Never => None,
            }
        });
        opens.min_by_key(Expected::order).unwrap_or(Expected::Unknown)
    }
}

impl Expected {
    /// Sort key: open before closed; of the open ones the last to close, of the closed ones the first to open.
    fn order(&self) -> (u8, i64) {
        let seconds = |time: &NaiveDateTime| time.and_utc().timestamp();
        match self {
            Expected::OpenUntil(time) => (0, -seconds(time)),
            Expected::OpensNext { at, .. } => (1, seconds(at)),
            Expected::Unknown => (2, 0),
        }
    }
}
