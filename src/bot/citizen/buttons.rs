//! The effect of each button when a person presses it.

use super::input::{Button, Command};
use super::reply::{Held, ReplyKind};
use super::turn::TurnBuilder;
use crate::domain::statistics::event::Event;
use crate::domain::statistics::feedback::{Ballot, Complaint, Revision};
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

impl TurnBuilder<'_> {
    pub(super) fn press(&mut self, button: &Button) {
        match button {
            Button::Language(lang) => self.choose_language(*lang),
            Button::Languages => self.command(Command::Language),
            Button::Menu => self.show(ReplyKind::Menu { notice: false }),
            Button::Ask => self.show(ReplyKind::Ask),
            Button::Topics => self.command(Command::Topics),
            Button::Topic(key) => self.topic(key),
            Button::Entry(key, lang) => self.chosen(key, *lang),
            Button::EntryIn(key, lang) => self.open_in_place(key, *lang),
            Button::InCharge(key, _) if self.knowledge.entry(key).is_none() => self.say(ReplyKind::OldButton),
            Button::InCharge(key, lang) => {
                self.lang = *lang;
                // A new message, not in place: people go back and forth between the answer and the address.
                self.pressed = false;
                self.subject(key, *lang);
                self.where_to_go(key, *lang, true);
            }
            Button::Part(key, aspect, lang) => self.part_pressed(key, *aspect, *lang),
            Button::More(key, lang) => self.more(key, *lang),
            Button::Offices => self.offices_menu(),
            Button::Services => self.show(ReplyKind::Services),
            Button::Service(key) => self.offices_for(key),
            Button::Municipalities => self.show(ReplyKind::Municipalities),
            Button::OfficesIn(key) => match self.asked_where().filter(|_| self.asked_for_place()) {
                Some(entry) => self.where_in(&entry, key),
                None => self.offices_in(key),
            },
            Button::Mine(key) => self.choose_place(key),
            Button::Office(key) => self.office(key),
            Button::NoneOfThese(lang) => {
                self.lang = *lang;
                self.none_fitted();
            }
            Button::Useful(key, lang, revision) => self.vote(key, *lang, *revision, true),
            Button::NotUseful(key, lang, revision) => self.vote(key, *lang, *revision, false),
            Button::Wrong(complaint, key, lang) => self.complained(*complaint, key, *lang),
            Button::WriteLine(key, lang) => self.ask_line(key, *lang),
            Button::Privacy => self.command(Command::Privacy),
            Button::PrivacyFull => self.show(ReplyKind::PrivacyFull),
            Button::Forget => self.held(),
            Button::Copy => self.say(ReplyKind::Copy),
            Button::ForgetYes => self.forget(),
            Button::ForgetNo => self.show(ReplyKind::ForgetKept),
            Button::Help => self.command(Command::Help),
            Button::Staff(_) => self.say(ReplyKind::OldButton),
            Button::Person(lang) => self.ask_for_a_person(*lang),
            Button::Leave(lang) => self.leave_question(*lang),
            Button::LeaveOther(lang) => self.write_question(*lang),
            Button::LeaveNo(lang) => self.leave_nothing(*lang),
            Button::TakeBack(lang) => self.take_back(*lang),
            Button::TellMe(lang) => self.tell_me(*lang),
            Button::Retract => self.retract(),
            Button::HelpNow(kind, lang) => self.help_now(*kind, *lang),
        }
    }

    /// Clears the memory. The door deletes the messages, and the new reply does not mention their subject.
    fn retract(&mut self) {
        self.chat.memory = None;
        self.note(Event::Retracted);
        self.say(ReplyKind::Menu { notice: false });
    }

    pub(super) fn choose_language(&mut self, lang: Lang) {
        // A person who already has a language has seen the privacy notice.
        let notice = self.chat.lang.replace(lang).is_none();
        self.lang = lang;
        self.note(Event::LanguageChosen(lang));
        self.say(ReplyKind::LanguageChosen);
        self.say(ReplyKind::Menu { notice });
    }

    /// Opens an entry that was offered or is related.
    pub(super) fn chosen(&mut self, key: &EntryKey, lang: Lang) {
        if self.knowledge.entry(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.note(Event::Chosen { entry: key.clone(), lang });
        self.open(key, lang);
    }

    pub(super) fn none_fitted(&mut self) {
        self.note(Event::NoneFitted(self.lang));
        if let Some(words) = self.chat.take_offered(self.now) {
            self.unanswered(None, &words, self.lang);
        }
        self.show(ReplyKind::NoneFitted);
    }

    fn vote(&mut self, key: &EntryKey, lang: Lang, revision: Revision, useful: bool) {
        if self.knowledge.entry(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        // A vote counts once, and only for an answer that was given in this chat: a web page can send any request.
        if self.chat.casts(Ballot::useful(key, lang, revision), self.now) {
            self.note(Event::Voted { entry: key.clone(), lang, useful, revision });
            if !useful {
                self.chat.given(Ballot::wrong(key, lang), self.now);
            }
        }
        self.say_in(lang, if useful { ReplyKind::VotedUseful } else { ReplyKind::VotedNotUseful(key.clone()) });
    }

    fn complained(&mut self, complaint: Complaint, key: &EntryKey, lang: Lang) {
        if self.knowledge.entry(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        if self.chat.casts(Ballot::wrong(key, lang), self.now) {
            self.note(Event::Complained { entry: key.clone(), lang, complaint });
            if complaint == Complaint::OtherQuestion {
                self.misunderstood(key, lang);
            }
        }
        self.lang = lang;
        self.show(ReplyKind::Complained(key.clone()));
    }

    /// Records the words that got the wrong answer as unanswered, unless they are the question of a button.
    fn misunderstood(&mut self, key: &EntryKey, lang: Lang) {
        let asked = self.chat.recall(self.now).filter(|memory| memory.entry.as_ref() == Some(key));
        let Some(words) = asked.map(|memory| memory.words.clone()) else { return };
        let own =
            self.knowledge.entry(key).is_some_and(|entry| entry.texts.values().any(|text| text.question == words));
        if !own {
            self.unanswered(Some(key), &words, lang);
        }
    }

    fn ask_line(&mut self, key: &EntryKey, lang: Lang) {
        if self.knowledge.entry(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.chat.expect_line(key.clone(), self.now);
        self.lang = lang;
        self.show(ReplyKind::AskLine);
    }

    fn choose_place(&mut self, key: &MunicipalityKey) {
        if self.knowledge.municipality(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.chat.municipality = Some(key.clone());
        self.say(ReplyKind::PlaceChosen(key.clone()));
        self.offices_in(key);
    }

    pub(super) fn held(&mut self) {
        let memory = self.chat.recall(self.now);
        let held = Held {
            lang: self.chat.lang,
            municipality: self.chat.municipality.clone(),
            entry: memory.and_then(|memory| memory.entry.clone()),
            words: memory.is_some_and(|memory| !memory.words.is_empty() || memory.unanswered.is_some()),
            handoff: self.chat.handoff,
            subscribed: self.chat.subscribed,
            discreet: self.was_discreet,
        };
        self.show(ReplyKind::Held(held));
    }
}
