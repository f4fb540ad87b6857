//! Exact matches with the content: messages equal to a phrasing or question of one entry, and the content's vocabulary.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::domain::content::Content;
use crate::domain::text::id::EntryKey;
use crate::understanding::language::{fold, words};

/// The phrases and words of the content.
pub(super) struct Exact {
    /// The entry of each phrase, by hash; `None` for a phrase of two entries or of no entry.
    entries: HashMap<u64, Option<EntryKey>>,
    /// Every word of phrasings, questions and answers, folded.
    words: HashSet<String>,
}

impl Exact {
    pub fn of(content: &Content) -> Exact {
        let mut exact = Exact { entries: HashMap::new(), words: HashSet::new() };
        for phrasing in &content.phrasings {
            exact.note(&phrasing.text, phrasing.entry.as_ref());
        }
        for entry in &content.entries {
            for text in entry.texts.values() {
                exact.note(&text.question, Some(&entry.key));
                exact.words.extend(text.words().lines().flat_map(|line| words(line, false)));
            }
        }
        exact
    }

    fn note(&mut self, text: &str, entry: Option<&EntryKey>) {
        self.words.extend(words(text, false));
        let known = self.entries.entry(key(text)).or_insert_with(|| entry.cloned());
        if known.as_ref() != entry {
            *known = None;
        }
    }

    /// The entry that has this message as a phrasing or as its question.
    pub fn entry(&self, message: &str) -> Option<&EntryKey> {
        self.entries.get(&key(message)).and_then(Option::as_ref)
    }

    /// Whether a folded word occurs anywhere in the content.
    pub fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// A hash that ignores accents, capitals and punctuation.
fn key(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        word.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::phrasing::Phrasing;
    use crate::domain::text::lang::Lang;

    #[test]
    fn an_entrys_own_words_are_known_again_and_those_of_two_entries_are_nobodys() {
        let phrasing = |entry: Option<&str>, text: &str| Phrasing {
            entry: entry.map(|key| key.parse().unwrap()),
            lang: Lang::first(),
            text: text.to_owned(),
        };
        let phrasings = vec![
            phrasing(Some("health/cost"), "¿Cuánto sale?"),
            phrasing(Some("health/cost"), "hola doctor"),
            phrasing(Some("work/rights"), "hola doctor"),
            phrasing(None, "cuenta un chiste"),
        ];
        let exact = Exact::of(&Content { phrasings, ..Content::default() });
        assert_eq!(exact.entry("CUANTO  SALE").map(|key| key.as_str()), Some("health/cost"));
        for other in ["cuanto", "hola doctor", "cuenta un chiste", ""] {
            assert_eq!(exact.entry(other), None, "{other}");
        }
    }
}
