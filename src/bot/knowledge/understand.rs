//! Understands a message: its language, and the entries that answer it in the context of the chat.

use super::Knowledge;
use crate::domain::content::aspect::Aspect;
use crate::domain::people::chat::Memory;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::understanding::language::Guess;
use crate::understanding::matching::{Before, Understanding, Verdict};

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
    /// No entry is known for it.
    Nothing,
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
        let understood = Understood { aspect: self.learned.aspects.aspect(message), ..understood };
        self.taught(understood, message, before.is_some())
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
        Understood { lang, intent, aspect: None, ranked, outside: found.outside }
    }
}

fn answered(entry: &EntryKey, understood: Understood) -> Understood {
    Understood { intent: Intent::Answer { entry: entry.clone(), follows: false }, ..understood }
}
