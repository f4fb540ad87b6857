//! Replies to requests about the talk itself, and to bad news.

use super::input::Command;
use super::reply::{AboutTalk, ReplyKind};
use super::turn::TurnBuilder;
use crate::bot::knowledge::Understood;
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::people::request::Request;
use crate::domain::statistics::event::{Event, Outcome};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// Most entries that are offered after bad news.
const MOST_OFFERS: usize = 3;
/// Fewest probability of an entry that is offered after bad news.
const LIKELY: f32 = 0.15;

impl TurnBuilder<'_> {
    pub(super) fn requested(&mut self, request: Request, lang: Lang) {
        self.note(Event::Message { lang, outcome: Outcome::Request(request) });
        self.lang = lang;
        match request {
            Request::Person => self.ask_for_a_person(lang),
            Request::Menu => self.say(ReplyKind::Menu { notice: false }),
            Request::Restart => {
                self.chat.remember(None, "", self.now);
                self.say(ReplyKind::AboutTalk(AboutTalk::Restarted));
                self.say(ReplyKind::Menu { notice: false });
            }
            Request::Language(lang) => self.choose_language(lang),
            Request::Help => self.command(Command::Help),
            Request::Repeat => self.say_again(lang),
            Request::Simpler => match self.last_answer() {
                Some((entry, _)) => {
                    self.say(ReplyKind::AboutTalk(AboutTalk::Shortest));
                    self.say_once_more(&entry, PartName::Lead, lang);
                }
                None => self.command(Command::Help),
            },
            Request::Robot => self.say(ReplyKind::AboutTalk(AboutTalk::Program)),
            Request::Complaint => self.say(ReplyKind::AboutTalk(AboutTalk::NoHelp)),
            Request::Yes | Request::First => self.choose_offer(0, lang),
            Request::Second => self.choose_offer(1, lang),
            Request::No | Request::NoneOfThese => self.none_fitted(),
        }
    }

    /// The place in the last offers that a message names by its number: "2", "2.", "#2".
    pub(super) fn numbered_offer(&self, words: &str) -> Option<usize> {
        let number: usize = words.trim_matches(|sign: char| !sign.is_alphanumeric()).parse().ok()?;
        let offers = self.chat.recall(self.now)?.offers.len();
        number.checked_sub(1).filter(|place| *place < offers)
    }

    /// Opens the offered entry at this place; one that was not offered asks for other words.
    pub(super) fn choose_offer(&mut self, place: usize, lang: Lang) {
        let offers = self.chat.recall(self.now).map(|memory| memory.offers.clone()).unwrap_or_default();
        match offers.get(place) {
            Some(entry) => self.chosen(entry, lang),
            None => self.none_fitted(),
        }
    }

    /// The entry that was answered last, and what of it was said last.
    fn last_answer(&self) -> Option<(EntryKey, PartName)> {
        let memory = self.chat.recall(self.now)?;
        let said = memory.said.last().copied().unwrap_or(PartName::Lead);
        Some((memory.entry.clone()?, said))
    }

    fn say_again(&mut self, lang: Lang) {
        match self.last_answer() {
            Some((entry, said)) => self.say_once_more(&entry, said, lang),
            None => self.say(ReplyKind::Menu { notice: false }),
        }
    }

    fn say_once_more(&mut self, entry: &EntryKey, part: PartName, lang: Lang) {
        match part {
            PartName::Lead => {
                let answer = self.answer_with(entry, lang);
                self.show_part(answer, lang);
            }
            PartName::Of(aspect) => self.part_pressed(entry, aspect, lang),
        }
    }

    /// Answers bad news about an entry: kind words, then what to do if something is refused.
    pub(super) fn sorry(&mut self, entry: &EntryKey, words: &str, lang: Lang, asked: (bool, Option<Aspect>)) {
        let (follows, aspect) = asked;
        // A line of help is all the kindness that is needed above an answer.
        if self.danger.is_none() {
            self.say_in(lang, ReplyKind::Sorry);
        }
        let text = self.knowledge.entry(entry).and_then(|entry| entry.text(lang));
        let refused = text.filter(|(_, text)| text.parts.contains_key(&Aspect::Refused)).map(|_| Aspect::Refused);
        self.sure(entry, words, lang, (follows, aspect.or(refused)));
    }

    /// Answers bad news of which the subject is not clear: what the talk is about, or a question.
    pub(super) fn bad_news(&mut self, words: &str, lang: Lang, understood: &Understood) {
        let likely = understood.ranked.iter().filter(|(_, share)| *share >= LIKELY).map(|(entry, _)| entry.clone());
        let offers = self.without_frights(likely.take(MOST_OFFERS).collect(), words);
        let subject = self.last_answer().map(|(entry, _)| entry).filter(|_| offers.is_empty());
        if let Some(entry) = subject {
            return self.sorry(&entry, words, lang, (true, Some(Aspect::Refused)));
        }
        self.note(Event::Message { lang, outcome: Outcome::Offered });
        self.unanswered(None, words, lang);
        self.chat.offered(words, &offers, self.now);
        self.say_in(lang, ReplyKind::BadNews(offers));
    }
}
