//! Answers a person's words: an entry, an offer of several entries, small talk, or "nothing found".

use super::reply::ReplyKind;
use super::turn::TurnBuilder;
use crate::bot::knowledge::Intent;
use crate::domain::content::aspect::Aspect;
use crate::domain::people::chat::Expecting;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::{Danger, Level, Sign};
use crate::domain::statistics::event::{Event, Outcome, Way};
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

/// Longest message that is read, in characters: Telegram's own limit. The rest is cut off.
const LONGEST: usize = 4096;
/// A message longer than this, in characters, may hold more than one question; the reply then says so.
const LONG: usize = 700;
/// Most words of a message that can be a reply to "where are you?".
const SHORT: usize = 6;
/// From this probability of being out of scope on, words are not recorded as unanswered.
const CLEARLY_OUTSIDE: f32 = 0.95;
/// The topic whose answers are followed by a list of offices.
pub(super) const OFFICES: &str = "offices";

impl TurnBuilder<'_> {
    pub(super) fn answer(&mut self, words: &str) {
        if !words.chars().any(char::is_alphanumeric) {
            return self.say(ReplyKind::NoWords);
        }
        if let Some(entry) = self.asked_for_line() {
            return self.line_taken(&entry, words);
        }
        if let Some(place) = self.numbered_offer(words) {
            return self.choose_offer(place, self.lang);
        }
        if let Some(place) = self.place(words) {
            // Danger comes first here as everywhere: "they beat me, I am in Maipú".
            return match self.help_first(words, self.lang) {
                Some(Sign { kind: Danger::Suicide, level: Level::Alarm }) => self.help_only(Danger::Suicide, self.lang),
                Some(_) | None => self.place_named(&place),
            };
        }
        let memory = self.chat.recall(self.now).cloned();
        let understood = self.knowledge.understand(words, self.chat.lang.or(self.proposed), memory.as_ref());
        let spoken = self.spoken(words, understood.lang);
        let lang = spoken.unwrap_or(self.lang);
        let sign = self.help_first(words, lang);
        let stays = if sign.is_none() { self.line_stays(&understood.intent, words, lang) } else { None };
        let alarm = sign.filter(|sign| sign.level == Level::Alarm).map(|sign| sign.kind);
        let kind = sign.map(|sign| sign.kind).or(stays);
        match understood.intent {
            // After an alarm about suicide nothing else follows: a leaflet or a goodbye would be out of place. A hint
            // that is none leaves the answer in place.
            Intent::Answer { .. } if alarm.or(stays) == Some(Danger::Suicide) => self.help_only(Danger::Suicide, lang),
            Intent::Several(_) | Intent::SmallTalk(_) | Intent::Request(_) | Intent::Nothing
                if kind == Some(Danger::Suicide) && !understood.intent.asks_for_a_person() =>
            {
                self.help_only(Danger::Suicide, lang);
            }
            Intent::Answer { entry, follows } if understood.bad_news => {
                self.sorry(&entry, words, lang, (follows, understood.aspect));
            }
            Intent::Answer { entry, follows } => self.sure(&entry, words, lang, (follows, understood.aspect)),
            Intent::Request(request) => self.requested(request, lang),
            Intent::Several(_) | Intent::SmallTalk(_) | Intent::Nothing if understood.bad_news && alarm.is_none() => {
                self.bad_news(words, lang, &understood);
            }
            Intent::Several(entries) => match self.without_frights(entries, words) {
                none if none.is_empty() => self.nothing(words, lang, understood.outside),
                entries => {
                    if kind.is_none() {
                        self.line_above_offers(&entries, lang);
                    }
                    self.several(entries, words, lang);
                }
            },
            Intent::SmallTalk(talk) => self.small_talk(talk, lang),
            Intent::Nothing => match alarm.or(stays) {
                Some(kind) => self.help_only(kind, lang),
                None => self.nothing(words, lang, understood.outside),
            },
        }
        // A person without a chosen language gets the one that they write in.
        self.chat.lang = self.chat.lang.or(spoken);
    }

    /// The language of the message. A single word does not change the language of the chat: "bye" and "hospital" belong
    /// to several languages.
    fn spoken(&self, words: &str, identified: Option<Lang>) -> Option<Lang> {
        let known = self.chat.lang.or(self.proposed).is_some();
        identified.filter(|_| !known || words.split_whitespace().nth(1).is_some())
    }

    pub(super) fn asked_for_place(&self) -> bool {
        self.chat.recall(self.now).is_some_and(|memory| memory.expecting == Some(Expecting::Place))
    }

    /// The municipality, if the message is only its name, or a short reply to our question for one.
    fn place(&self, words: &str) -> Option<MunicipalityKey> {
        let short = words.split_whitespace().count() <= SHORT;
        let place = match self.asked_for_place() && short {
            true => self.knowledge.place_like(words),
            false => self.knowledge.place_alone(words),
        };
        place.map(|place| place.key.clone())
    }

    fn place_named(&mut self, place: &MunicipalityKey) {
        self.note(Event::Message { lang: self.lang, outcome: Outcome::Offices });
        if let Some(memory) = &mut self.chat.memory {
            memory.expecting = None;
        }
        match self.asked_where() {
            Some(entry) => self.where_in(&entry, place),
            None => self.offices_in(place),
        }
    }

    pub(super) fn sure(
        &mut self,
        entry: &EntryKey,
        words: &str,
        lang: Lang,
        (follows, aspect): (bool, Option<Aspect>),
    ) {
        let way = if follows { Way::FollowedUp } else { Way::Asked };
        self.note(Event::Message { lang, outcome: Outcome::Answered(entry.clone(), way) });
        self.chat.remember(Some(entry.clone()), words, self.now);
        let place = self.knowledge.place_in(words).map(|place| place.key.clone());
        let mut answer = self.answer_with(entry, lang);
        answer.follows = follows;
        answer.named = place.clone().filter(|named| self.chat.municipality.as_ref() != Some(named));
        self.chat.asked_for(aspect, self.now);
        let told_where = self.answer_in_parts(answer, aspect, lang);
        if entry.topic().as_str() == OFFICES && !told_where {
            self.offices_beside(entry, place.or_else(|| self.chat.municipality.clone()), lang);
        }
    }

    fn several(&mut self, entries: Vec<EntryKey>, words: &str, lang: Lang) {
        self.note(Event::Message { lang, outcome: Outcome::Offered });
        // An unclear message does not change the subject: the last answer stays the context of the next message.
        if self.chat.recall(self.now).is_none_or(|memory| memory.entry.is_none()) {
            self.chat.remember(None, words, self.now);
        }
        self.chat.offered(words, &entries, self.now);
        self.say_in(lang, ReplyKind::Several(entries));
    }

    fn small_talk(&mut self, kind: SmallTalk, lang: Lang) {
        self.note(Event::Message { lang, outcome: Outcome::SmallTalk(kind) });
        self.say_in(lang, ReplyKind::SmallTalk(kind));
    }

    /// Follows a line of help when no entry is to be shown.
    fn help_only(&mut self, kind: Danger, lang: Lang) {
        self.note(Event::Message { lang, outcome: Outcome::HelpOnly });
        // A person can be asked with these words.
        self.chat.wonder(
            self.chat.recall(self.now).map(|memory| memory.before.clone()).unwrap_or_default().as_str(),
            self.now,
        );
        self.help_next(kind, lang);
    }

    fn nothing(&mut self, words: &str, lang: Lang, outside: f32) {
        self.note(Event::Message { lang, outcome: Outcome::NotUnderstood });
        if self.asked_for_place() && words.split_whitespace().count() <= SHORT {
            self.say(ReplyKind::PlaceNotFound);
        } else {
            if outside < CLEARLY_OUTSIDE {
                self.unanswered(None, words, lang);
            }
            self.chat.wonder(words, self.now);
            self.say_in(lang, ReplyKind::NothingFound { long: words.chars().count() > LONG });
        }
    }
}

/// The text without invisible characters (controls, zero width, direction marks), at most `LONGEST` characters.
pub(super) fn readable(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_invisible(*c)).take(LONGEST);
    seen.map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_nobody_sees_are_left_out() {
        assert_eq!(readable(" \u{202E}a\u{200B}b\u{0}\n c\u{FEFF} "), "ab  c");
    }
}
