//! What a message means: its language, and which entries answer it in the talk so far.

use super::Knowledge;
use crate::domain::people::chat::Memory;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::understanding::language::Guess;
use crate::understanding::matching::{Before, Understanding, Verdict};

/// A message, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// Its language, where it is sure.
    pub lang: Option<Lang>,
    /// What to do with it.
    pub intent: Intent,
    /// Entries with their probabilities, best first, at most ten.
    pub ranked: Vec<(EntryKey, f32)>,
    /// Probability that it is none of our business, from 0 to 1.
    pub outside: f32,
}

/// What a message wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// This entry; `follows` where it was understood by what was said before.
    Answer {
        /// Which.
        entry: EntryKey,
        /// Whether the message made sense only with the one before.
        follows: bool,
    },
    /// One of these, two to four.
    Several(Vec<EntryKey>),
    /// A friendly word back.
    SmallTalk(SmallTalk),
    /// Nothing that we know.
    Nothing,
}

impl Knowledge {
    /// The language of a message; `prior` is the chat's and only tips a balance.
    pub fn identify(&self, message: &str, prior: Option<Lang>) -> Guess {
        self.learned.identifier.identify(message, prior)
    }

    /// What a message means in the talk so far.
    pub fn understand(&self, message: &str, prior: Option<Lang>, memory: Option<&Memory>) -> Understood {
        let lang = self.identify(message, prior).lang;
        let key = memory.and_then(|memory| memory.entry.as_ref());
        let entry = key.and_then(|key| self.learned.class_of.get(key)).copied();
        let related = key.map(|key| self.related(key)).unwrap_or_default();
        let words = memory.map_or("", |memory| memory.words.as_str());
        let before = entry.map(|entry| Before { entry, words, related: &related });
        let understood = self.named(lang, self.learned.model.understand(message, before.as_ref()));
        self.taught(understood, message, before.is_some())
    }

    /// What stands word for word among an entry's phrasings is answered with it, however few they are. In a talk one or two
    /// words, such as "how much?", belong to what was said before.
    fn taught(&self, understood: Understood, message: &str, in_talk: bool) -> Understood {
        let alone = !in_talk || message.split_whitespace().count() > 2;
        let entry = self.exact.entry(message).filter(|key| alone && self.places.contains_key(key));
        match (entry, &understood.intent) {
            (Some(entry), Intent::Several(_) | Intent::Nothing) => answered(entry, understood),
            // What has not been learned yet the model takes for something else.
            (Some(entry), Intent::Answer { .. }) if self.stale => answered(entry, understood),
            (Some(_) | None, _) => understood,
        }
    }

    /// The classes of the entries that people often need after this one.
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
            Verdict::Several(places) => Intent::Several(places.into_iter().filter_map(key).collect()),
            Verdict::SmallTalk(kind) => Intent::SmallTalk(kind),
            Verdict::Nothing => Intent::Nothing,
        };
        let ranked = found.ranked.into_iter().filter_map(|(place, share)| Some((key(place)?, share))).collect();
        Understood { lang, intent, ranked, outside: found.outside }
    }
}

fn answered(entry: &EntryKey, understood: Understood) -> Understood {
    Understood { intent: Intent::Answer { entry: entry.clone(), follows: false }, ..understood }
}
