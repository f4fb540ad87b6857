//! Understands a message: its language, and the entries that answer it in the context of the chat.

use super::Knowledge;
use crate::domain::content::aspect::Aspect;
use crate::domain::people::chat::Memory;
use crate::domain::people::request::Request;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::understanding::aspects::SURE_OF_ASPECT;
use crate::understanding::language::Guess;
use crate::understanding::matching::{Before, Understanding, Verdict};
use crate::understanding::requests::{Clarity, Spoken};

/// Most words of a message that asks for an aspect of what the talk is about.
const SHORT_FOLLOW_UP: usize = 7;
/// From this probability on a message that names its subject gets a part beside the lead. Needless parts make a first
/// reply long, and the part has a button, so it is higher than for follow-ups.
const SURE_OF_ASPECT_AT_FIRST: f32 = 0.75;

/// The same where the entry has no such part: then the reply says that it is missing, which is odd if nobody asked.
const SURE_OF_A_MISSING_PART: f32 = 0.9;

/// The result for a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// Its language, if it was identified with enough certainty.
    pub lang: Option<Lang>,
    /// The decision.
    pub intent: Intent,
    /// What it asks about the subject, if it says so clearly enough.
    pub aspect: Option<Aspect>,
    /// Entries with their probabilities, best first, at most ten.
    pub ranked: Vec<(EntryKey, f32)>,
    /// Probability that no entry answers it, from 0 to 1.
    pub outside: f32,
    /// Whether it tells that something was refused, lost or went wrong.
    pub bad_news: bool,
}

/// The intent of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// This entry answers it.
    Answer {
        /// The entry.
        entry: EntryKey,
        /// Whether the message made sense only after the previous one.
        follows: bool,
    },
    /// One of these entries, two to four.
    Several(Vec<EntryKey>),
    /// Small talk, which gets a friendly reply.
    SmallTalk(SmallTalk),
    /// A request about the talk itself.
    Request(Request),
    /// No entry is known for it.
    Nothing,
}

impl Intent {
    /// Whether it asks for a person: that is never refused.
    pub fn asks_for_a_person(&self) -> bool {
        *self == Intent::Request(Request::Person)
    }
}

impl Knowledge {
    /// The language of a message; `prior` is the chat's language and decides close calls only.
    pub fn identify(&self, message: &str, prior: Option<Lang>) -> Guess {
        self.learned.identifier.identify(message, prior)
    }

    /// Understands a message in the context of the chat.
    pub fn understand(&self, message: &str, prior: Option<Lang>, memory: Option<&Memory>) -> Understood {
        let lang = self.identify(message, prior).lang;
        let key = memory.and_then(|memory| memory.entry.as_ref());
        let entry = key.and_then(|key| self.learned.class_of.get(key)).copied();
        let related = key.map(|key| self.related(key)).unwrap_or_default();
        let words = memory.map_or("", |memory| memory.words.as_str());
        let before = entry.map(|entry| Before { entry, words, related: &related });
        let understood = self.named(lang, self.learned.model.understand(message, before.as_ref()));
        let understood = self.taught(understood, message, before.is_some());
        let understood = self.asked_about(understood, message, key);
        self.heard(understood, message, memory.is_some_and(|memory| !memory.offers.is_empty()))
    }

    /// Adds what the message says if it is no question: a request about the talk, or news.
    fn heard(&self, understood: Understood, message: &str, offered: bool) -> Understood {
        let found = self.learned.requests.find(message);
        let is_news = matches!(understood.intent, Intent::SmallTalk(SmallTalk::News));
        if is_news && found.is_none() && self.learned.requests.is_rather_bad(message) {
            return Understood { intent: Intent::Nothing, bad_news: true, ..understood };
        }
        let Some((spoken, clarity)) = found else { return understood };
        let is_answered = matches!(understood.intent, Intent::Answer { .. });
        let counts = clarity == Clarity::Sure || !is_answered;
        // A clerk has taught these very words.
        let is_taught = self.exact.entry(message).is_some();
        match spoken {
            Spoken::Request(request) if counts && !is_taught && (offered || !request.needs_an_offer()) => {
                Understood { intent: Intent::Request(request), ..understood }
            }
            Spoken::BadNews if counts => {
                let intent = match understood.intent {
                    // Bad news is never thanked for.
                    Intent::SmallTalk(_) => Intent::Nothing,
                    intent => intent,
                };
                Understood { intent, bad_news: true, ..understood }
            }
            Spoken::GoodNews | Spoken::OtherNews if counts && !is_answered && clarity == Clarity::Sure => {
                Understood { intent: Intent::SmallTalk(SmallTalk::News), ..understood }
            }
            Spoken::Request(_) | Spoken::BadNews | Spoken::GoodNews | Spoken::OtherNews => understood,
        }
    }

    /// Adds the aspect that the message asks about. A few words that ask for one ("what papers?"), for which the entry
    /// before is the likeliest, are about that entry.
    fn asked_about(&self, understood: Understood, message: &str, before: Option<&EntryKey>) -> Understood {
        let Some((aspect, share)) = self.learned.aspects.likeliest(message) else { return understood };
        let is_short = message.split_whitespace().count() <= SHORT_FOLLOW_UP;
        let intent = match (understood.intent, before) {
            (Intent::Several(entries), Some(before))
                if is_short && share >= SURE_OF_ASPECT && entries.first() == Some(before) =>
            {
                Intent::Answer { entry: before.clone(), follows: true }
            }
            (intent, _) => intent,
        };
        let sure = match &intent {
            Intent::Answer { follows: true, .. } => SURE_OF_ASPECT,
            Intent::Answer { entry, follows: false } if !self.has_part(entry, aspect) => SURE_OF_A_MISSING_PART,
            Intent::Answer { .. }
            | Intent::Several(_)
            | Intent::SmallTalk(_)
            | Intent::Request(_)
            | Intent::Nothing => SURE_OF_ASPECT_AT_FIRST,
        };
        Understood { aspect: (share >= sure).then_some(aspect), intent, ..understood }
    }

    /// Whether the entry has something to say about the aspect, in some language.
    fn has_part(&self, entry: &EntryKey, aspect: Aspect) -> bool {
        let texts = self.entry(entry).into_iter().flat_map(|entry| entry.texts.values());
        aspect == Aspect::Where || texts.into_iter().any(|text| text.parts.contains_key(&aspect))
    }

    /// A message equal to an entry's phrasing gets that entry, however few phrasings it has. After another answer, one
    /// or two words, such as "how much?", refer to that answer instead.
    fn taught(&self, understood: Understood, message: &str, in_talk: bool) -> Understood {
        let alone = !in_talk || message.split_whitespace().count() > 2;
        let entry = self.exact.entry(message).filter(|key| alone && self.places.contains_key(key));
        match (entry, &understood.intent) {
            (Some(entry), Intent::Several(_) | Intent::Nothing) => answered(entry, understood),
            // The model takes content that it has not learned yet for something else.
            (Some(entry), Intent::Answer { .. }) if self.stale => answered(entry, understood),
            (Some(_) | None, _) => understood,
        }
    }

    /// The classes of the entry's related entries.
    fn related(&self, key: &EntryKey) -> Vec<usize> {
        let keys = self.entry(key).map(|entry| entry.related.as_slice()).unwrap_or_default();
        keys.iter().filter_map(|key| self.learned.class_of.get(key).copied()).collect()
    }

    fn named(&self, lang: Option<Lang>, found: Understanding) -> Understood {
        let key = |class: usize| self.of_class(class).cloned();
        let intent = match found.verdict {
            Verdict::Sure(place) => {
                key(place).map_or(Intent::Nothing, |entry| Intent::Answer { entry, follows: found.follows })
            }
            Verdict::Several(places) => match places.into_iter().filter_map(key).collect::<Vec<_>>() {
                // The model may offer only entries that have been removed since it learned.
                gone if gone.is_empty() => Intent::Nothing,
                entries => Intent::Several(entries),
            },
            Verdict::SmallTalk(kind) => Intent::SmallTalk(kind),
            Verdict::Nothing => Intent::Nothing,
        };
        let ranked = found.ranked.into_iter().filter_map(|(place, share)| Some((key(place)?, share))).collect();
        Understood { lang, intent, aspect: None, ranked, outside: found.outside, bad_news: false }
    }
}

fn answered(entry: &EntryKey, understood: Understood) -> Understood {
    Understood { intent: Intent::Answer { entry: entry.clone(), follows: false }, ..understood }
}
