//! Wording of answers in parts: the buttons of the parts, what else there is, what was already said, what is missing.

use super::Words;
use crate::bot::citizen::input::Button;
use crate::bot::citizen::reply::{Answer, Shown, Where};
use crate::bot::message::{Choice, Message};
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::content::entry::{Entry, Text};
use crate::domain::text::id::{EntryKey, OfficeKey};
use crate::domain::text::rich::Span;
use crate::i18n::Phrase;
use crate::i18n::content_items::aspect_name;

/// Most buttons of parts under an answer. With "where" and "more" they are five: one small screen.
const CHIPS: usize = 3;
/// How many related questions are offered.
const RELATED: usize = 3;
/// Most offices that are named where a part is missing.
const KNOW_IT: usize = 2;

impl Words<'_> {
    /// The buttons under an answer: parts not said yet, where to go, more; after a part also the vote.
    pub(super) fn part_buttons(&self, message: Message, entry: &Entry, answer: &Answer) -> Message {
        let text = entry.text(self.lang).map(|(_, text)| text);
        let discreet = self.knowledge.is_discreet_entry(&entry.key);
        // The buttons that retract messages and choose a municipality take the place of a part.
        let mine = answer.named.as_ref().and_then(|key| self.knowledge.municipality(key));
        let mine =
            mine.map(|place| self.choice(Phrase::ButtonMine { place: &place.name }, Button::Mine(place.key.clone())));
        let chips = CHIPS - usize::from(discreet) - usize::from(mine.is_some());
        let said = [answer.said.clone(), answer.shown.parts()].concat();
        let parts = text.filter(|text| text.withdrawn.is_none()).map(|text| unsaid(text, &said)).unwrap_or_default();
        let message = message
            .row(parts.into_iter().take(chips).map(|aspect| self.chip(entry, aspect)).collect())
            .row(self.where_and_more(&entry.key))
            .row(mine.into_iter().collect())
            .row(self.retract(entry));
        match (answer.shown, text.is_some_and(|text| text.parts.is_empty())) {
            (Shown::Lead, false) => message,
            // A part, or an undivided answer, is all that was asked for.
            (Shown::Lead, true) | (Shown::LeadAnd(_) | Shown::Part(_), _) => message.row(self.useful(entry)),
        }
    }

    fn chip(&self, entry: &Entry, aspect: Aspect) -> Choice {
        self.choice(aspect_name(aspect), Button::Part(entry.key.clone(), aspect, self.lang))
    }

    fn where_and_more(&self, key: &EntryKey) -> Vec<Choice> {
        vec![
            self.choice(Phrase::ButtonOfficeInCharge, Button::InCharge(key.clone(), self.lang)),
            self.choice(Phrase::ButtonMore, Button::More(key.clone(), self.lang)),
        ]
    }

    /// The heading of a part: the subject and the aspect.
    pub(super) fn part_title(&self, entry: &Entry, aspect: Aspect) -> Span {
        let (question, aspect) = (entry.question(self.lang), self.say(aspect_name(aspect)));
        Span::bold(self.say(Phrase::PartTitle { question, aspect: &aspect }))
    }

    /// What else there is about an entry: every part, sources in full, languages, related questions, a person.
    pub(super) fn more(&self, answer: &Answer) -> Message {
        let Some(entry) = self.knowledge.entry(&answer.entry) else {
            return self.with_menu(self.phrase(Phrase::OldButton));
        };
        let message = Message::new(self.lang).spans(vec![Span::bold(entry.question(self.lang))]);
        let message = self.local_note(message, answer);
        let message = self.footer(message, entry);
        let aspects: Vec<Aspect> = entry.text(self.lang).map(|(_, text)| unsaid(text, &[])).unwrap_or_default();
        let message = aspects
            .chunks(CHIPS)
            .fold(message, |message, row| message.row(row.iter().map(|aspect| self.chip(entry, *aspect)).collect()));
        let related = entry.related.iter().filter(|key| self.knowledge.entry(key).is_some()).take(RELATED);
        let message = related.fold(message, |message, key| message.row(vec![self.question(key)]));
        message
            .row(self.in_other_languages(entry))
            .row(self.always_in(answer))
            .row(self.retract(entry))
            .row(self.useful(entry))
            .row(vec![self.person()])
            .row(vec![self.choice(Phrase::ButtonMenu, Button::Menu)])
    }

    /// Points to what stands on the screen, and offers what was not said yet, or a person.
    pub(super) fn already_said(&self, key: &EntryKey) -> Message {
        let Some(entry) = self.knowledge.entry(key) else {
            return self.with_menu(self.phrase(Phrase::OldButton));
        };
        let message = self.phrase(Phrase::AlreadySaid).spans(vec![Span::bold(entry.question(self.lang))]);
        let aspects = entry.text(self.lang).map(|(_, text)| unsaid(text, &[PartName::Lead])).unwrap_or_default();
        let message = aspects
            .chunks(CHIPS)
            .take(2)
            .fold(message, |message, row| message.row(row.iter().map(|aspect| self.chip(entry, *aspect)).collect()));
        message.row(self.where_and_more(key)).row(vec![self.person()]).row(self.retract(entry))
    }

    /// Says that the answer has no such part, and who knows it.
    pub(super) fn part_missing(&self, key: &EntryKey, aspect: Aspect, offices: &[OfficeKey]) -> Message {
        let Some(entry) = self.knowledge.entry(key) else {
            return self.with_menu(self.phrase(Phrase::OldButton));
        };
        let message = Message::new(self.lang).spans(vec![self.part_title(entry, aspect)]);
        let message = message.line(self.say(missing(aspect)));
        let known: Vec<_> = offices.iter().filter_map(|key| self.knowledge.office(key)).take(KNOW_IT).collect();
        let message = match known.is_empty() {
            true => message.line(self.say(Phrase::MissingAskAnywhere)),
            false => known.into_iter().fold(message.line(self.say(Phrase::MissingAsk)), |message, office| {
                message.spans(self.office_line(office, None))
            }),
        };
        message.row(vec![self.person()]).row(self.where_and_more(key)).row(self.retract(entry))
    }

    /// Where to go: the part about it, and the offices or the question for the place.
    pub(super) fn where_to_go(&self, to_go: &Where) -> Message {
        let entry = self.knowledge.entry(&to_go.entry);
        let retract = entry.map(|entry| self.retract(entry)).unwrap_or_default();
        let message = self.where_part(&to_go.entry, to_go.says_part);
        if to_go.asks_place {
            return self.choose_place(message.blocks(self.blocks(Phrase::OfficesMenu))).row(retract);
        }
        let offices = to_go.offices.iter();
        let listed: Vec<_> =
            offices.filter_map(|(key, away)| self.knowledge.office(key).map(|office| (office, *away))).collect();
        let place = to_go.place.as_ref();
        let message = match place.and_then(|key| self.knowledge.municipality(key)).filter(|_| to_go.elsewhere) {
            Some(place) => message.line(self.say(Phrase::WhereElsewhere { place: &place.name })),
            None => message,
        };
        let message = match to_go.instead && !listed.is_empty() {
            true => message.line(self.say(Phrase::WhereInstead)),
            false => message,
        };
        self.office_list(message, &listed, place).row(retract)
    }

    /// The heading "where" of an entry, with the part about it.
    pub(super) fn where_part(&self, key: &EntryKey, says_part: bool) -> Message {
        let message = Message::new(self.lang);
        let Some(entry) = self.knowledge.entry(key) else { return message };
        let message = message.spans(vec![self.part_title(entry, Aspect::Where)]);
        let text = entry.text(self.lang).filter(|(_, text)| says_part && self.may_say(text));
        match text.and_then(|(lang, text)| Some((lang, text.parts.get(&Aspect::Where)?))) {
            Some((lang, part)) => self.part_text(message, lang, part),
            None => message,
        }
    }
}

/// The aspects that the text has a part for and that were not said, the most asked for first.
fn unsaid(text: &Text, said: &[PartName]) -> Vec<Aspect> {
    // Where to go has a button of its own.
    let parts = Aspect::ALL.into_iter().filter(|aspect| *aspect != Aspect::Where);
    parts.filter(|aspect| text.parts.contains_key(aspect) && !said.contains(&PartName::Of(*aspect))).collect()
}

fn missing(aspect: Aspect) -> Phrase<'static> {
    match aspect {
        Aspect::Papers => Phrase::MissingPapers,
        Aspect::Cost => Phrase::MissingCost,
        Aspect::How => Phrase::MissingHow,
        Aspect::Where => Phrase::MissingWhere,
        Aspect::Time => Phrase::MissingTime,
        Aspect::Refused => Phrase::MissingRefused,
        Aspect::NoPapers => Phrase::MissingNoPapers,
        Aspect::Family => Phrase::MissingFamily,
        Aspect::Rights => Phrase::MissingRights,
    }
}
