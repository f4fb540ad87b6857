//! Parts of an answer: which one a person gets, when it is said to be missing, and when it was already said.
//!
//! A standing question gets the lead, and the part that it names. A follow-up gets the named part alone. The text that
//! stands on the screen is never sent again: the reply points to it and offers what was not said yet.

use super::answer::OFFICES;
use super::reply::{Answer, ReplyKind, Shown};
use super::turn::TurnBuilder;
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::content::entry::Text;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

impl TurnBuilder<'_> {
    /// Answers with an entry: the lead, the part of `aspect`, or both. A follow-up (`answer.follows`) gets the part alone.
    /// Returns whether it told where to go.
    pub(super) fn answer_in_parts(&mut self, answer: Answer, aspect: Option<Aspect>, lang: Lang) -> bool {
        let entry = answer.entry.clone();
        let Some((_, text)) = self.knowledge.entry(&entry).and_then(|entry| entry.text(lang)) else {
            self.say_in(lang, ReplyKind::Answer(answer));
            return false;
        };
        let said = self.said_of(&entry, lang);
        if aspect == Some(Aspect::Where) && !said.is_empty() {
            match &answer.named {
                Some(place) => self.where_in(&entry, place),
                None => self.where_to_go(&entry, lang, !said.contains(&PartName::Of(Aspect::Where))),
            }
            return true;
        }
        let part = aspect.filter(|aspect| text.parts.contains_key(aspect));
        // After a line of help nobody is told what else is not there.
        let missing = aspect.filter(|aspect| self.danger.is_none() && is_missing(text, *aspect));
        let wants_lead = !answer.follows || said.is_empty() || (part.is_none() && missing.is_none());
        let shown = match (part, wants_lead) {
            (Some(aspect), false) => Some(Shown::Part(aspect)),
            (Some(aspect), true) if said.contains(&PartName::Lead) => Some(Shown::Part(aspect)),
            (Some(aspect), true) => Some(Shown::LeadAnd(aspect)),
            (None, false) => None,
            (None, true) => Some(Shown::Lead),
        };
        let again = shown.is_some_and(|shown| self.is_on_the_screen(&said, shown, answer.follows));
        match shown {
            // What is missing is said below, instead of what was said already.
            Some(_) if again && missing.is_some() => {}
            Some(_) if again && self.danger.is_none() => self.say_in(lang, ReplyKind::AlreadySaid(entry.clone())),
            Some(shown) => {
                let offices = match aspect {
                    // The offices of this topic follow in a message of their own.
                    Some(Aspect::Where) if entry.topic().as_str() != OFFICES => {
                        self.offices_here(&entry, answer.named.as_ref())
                    }
                    Some(_) | None => Vec::new(),
                };
                self.show_part(Answer { shown, said, offices, ..answer }, lang);
            }
            None => {}
        }
        if let Some(aspect) = missing {
            self.part_missing(&entry, aspect, lang);
        }
        false
    }

    /// Whether this text is the newest on the screen; of a follow-up that names no part, whether it was said at all.
    fn is_on_the_screen(&self, said: &[PartName], shown: Shown, follows: bool) -> bool {
        match shown {
            Shown::Lead if follows => said.contains(&PartName::Lead),
            Shown::Lead => said.last() == Some(&PartName::Lead),
            Shown::Part(aspect) => said.last() == Some(&PartName::Of(aspect)),
            Shown::LeadAnd(_) => false,
        }
    }

    /// Shows a part by its button.
    pub(super) fn part_pressed(&mut self, entry: &EntryKey, aspect: Aspect, lang: Lang) {
        let Some((_, text)) = self.knowledge.entry(entry).and_then(|entry| entry.text(lang)) else {
            return self.say(ReplyKind::OldButton);
        };
        if !text.parts.contains_key(&aspect) {
            return self.say(ReplyKind::OldButton);
        }
        self.subject(entry, lang);
        let answer = Answer { follows: true, ..self.answer_with(entry, lang) };
        if aspect == Aspect::Where {
            return self.where_to_go(entry, lang, true);
        }
        let said = self.said_of(entry, lang);
        self.show_part(Answer { shown: Shown::Part(aspect), said, ..answer }, lang);
    }

    /// Lists the other parts, languages, sources and related questions of an answer.
    pub(super) fn more(&mut self, entry: &EntryKey, lang: Lang) {
        if self.knowledge.entry(entry).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.subject(entry, lang);
        let answer = self.answer_with(entry, lang);
        self.say_in(lang, ReplyKind::More(answer));
    }

    /// Makes an entry whose button was pressed the subject of the talk; words about it stay remembered.
    pub(super) fn subject(&mut self, entry: &EntryKey, lang: Lang) {
        if self.chat.recall(self.now).and_then(|memory| memory.entry.as_ref()) != Some(entry) {
            let words = self.knowledge.entry(entry).map_or("", |entry| entry.question(lang)).to_owned();
            self.chat.remember(Some(entry.clone()), &words, self.now);
        }
    }

    pub(super) fn show_part(&mut self, answer: Answer, lang: Lang) {
        let (entry, shown) = (answer.entry.clone(), answer.shown);
        let revision = self.knowledge.revision_of(&entry, lang);
        if let Some(aspect) = shown.aspect() {
            self.note(Event::PartShown { entry, aspect, lang });
        }
        self.say_in(lang, ReplyKind::Answer(answer));
        self.chat.has_said(shown.parts(), revision, self.now);
    }

    /// Says that an answer has no such part, who knows it, and counts that it was asked for.
    fn part_missing(&mut self, entry: &EntryKey, aspect: Aspect, lang: Lang) {
        self.note(Event::PartMissing { entry: entry.clone(), aspect, lang });
        let offices = self.knowledge.entry(entry).map(|entry| entry.service.clone());
        let offices = offices.and_then(|service| self.offices_giving(&service, self.chat.municipality.as_ref()));
        let offices = offices.unwrap_or_default();
        self.say_in(lang, ReplyKind::PartMissing { entry: entry.clone(), aspect, offices });
    }

    /// What was said of this entry's text in this talk, in order.
    fn said_of(&self, entry: &EntryKey, lang: Lang) -> Vec<PartName> {
        let revision = self.knowledge.revision_of(entry, lang);
        let memory = self.chat.recall(self.now);
        let memory = memory.filter(|memory| memory.entry.as_ref() == Some(entry) && memory.said_revision == revision);
        memory.map(|memory| memory.said.clone()).unwrap_or_default()
    }
}

/// Whether a person who asks for this aspect has to be told that there is no text about it. An answer without parts may
/// hold it somewhere, and where to go is told by the offices.
fn is_missing(text: &Text, aspect: Aspect) -> bool {
    aspect != Aspect::Where && !text.parts.is_empty() && !text.parts.contains_key(&aspect)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::bot::citizen::input::{Input, TurnInput};
    use crate::bot::knowledge::Knowledge;
    use crate::domain::people::chat::Chat;
    use crate::pack::{STARTER, embedded, read};

    /// The replies to words about this entry and aspect, after these parts were said of it.
    fn replies(
        knowledge: &Knowledge,
        entry: &EntryKey,
        (aspect, follows): (Option<Aspect>, bool),
        said: &[PartName],
    ) -> Vec<ReplyKind> {
        let now = DateTime::UNIX_EPOCH;
        let mut chat = Chat::default();
        chat.remember(Some(entry.clone()), "", now);
        chat.has_said(said.to_vec(), knowledge.revision_of(entry, Lang::first()), now);
        let turn_input = TurnInput { input: Input::Text(String::new()), proposed: None, reachable: true };
        let mut turn = TurnBuilder::new(knowledge, &chat, &turn_input, now);
        let answer = Answer { follows, ..Answer::lead(entry.clone(), None) };
        turn.answer_in_parts(answer, aspect, Lang::first());
        turn.finish().replies.into_iter().map(|reply| reply.kind).collect()
    }

    fn starter() -> Knowledge {
        let mut content = read(&embedded(&STARTER)).unwrap();
        content.phrasings.truncate(300);
        Knowledge::build(content, 1).unwrap()
    }

    fn shown(replies: &[ReplyKind]) -> Option<Shown> {
        replies.iter().find_map(ReplyKind::answer).map(|answer| answer.shown)
    }

    #[test]
    fn no_part_that_exists_is_said_to_be_missing_and_none_that_is_missing_is_kept_silent() {
        let knowledge = starter();
        for entry in knowledge.entries() {
            let (_, text) = entry.text(Lang::first()).unwrap();
            for (aspect, follows) in Aspect::ALL.into_iter().flat_map(|aspect| [(aspect, false), (aspect, true)]) {
                let replies = replies(&knowledge, &entry.key, (Some(aspect), follows), &[PartName::Lead]);
                let missing = replies.iter().any(|kind| matches!(kind, ReplyKind::PartMissing { .. }));
                let there = text.parts.contains_key(&aspect) || aspect == Aspect::Where || text.parts.is_empty();
                assert_eq!(missing, !there, "{} {aspect:?} {follows}: {replies:?}", entry.key);
            }
        }
    }

    #[test]
    fn a_standing_question_gets_the_lead_and_its_part_and_a_follow_up_the_part_alone() {
        let knowledge = starter();
        let entry = "documents/id-card".parse().unwrap();
        let asked = |aspect, follows, said: &[PartName]| shown(&replies(&knowledge, &entry, (aspect, follows), said));
        assert_eq!(asked(None, false, &[]), Some(Shown::Lead));
        assert_eq!(asked(Some(Aspect::Cost), false, &[]), Some(Shown::LeadAnd(Aspect::Cost)));
        assert_eq!(asked(Some(Aspect::Cost), true, &[PartName::Lead]), Some(Shown::Part(Aspect::Cost)));
    }

    #[test]
    fn the_text_on_the_screen_is_never_sent_again() {
        let knowledge = starter();
        let entry: EntryKey = "documents/id-card".parse().unwrap();
        let already = |aspect: Option<Aspect>, follows, said: &[PartName]| {
            let replies = replies(&knowledge, &entry, (aspect, follows), said);
            replies.contains(&ReplyKind::AlreadySaid(entry.clone()))
        };
        let cost = PartName::Of(Aspect::Cost);
        assert!(already(None, true, &[PartName::Lead]) && already(None, false, &[PartName::Lead]));
        assert!(already(Some(Aspect::Cost), true, &[PartName::Lead, cost]));
        assert!(
            !already(Some(Aspect::Cost), true, &[cost, PartName::Of(Aspect::How)]),
            "something else was said since"
        );
        assert!(!already(None, false, &[PartName::Lead, cost]), "asked anew in full");
    }
}
