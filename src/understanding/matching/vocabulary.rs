//! The vocabulary: every feature that occurs often enough, and how a text becomes a vector.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::features::{Kind, each_between, each_feature, each_within};
use super::glossary::Glossary;
use super::keys::{Places, feature_key, kind_of};
use super::vectors::{Texts, Vector};
use super::weights::weights;
use crate::understanding::language;

/// Weight of each family in a text (its part of the vector's length): words, pairs, letters, concepts, pairs of
/// concepts. The optimum is flat: a third more or less of any of them changes top-1 by less than half a point.
const SHARE: [f32; Kind::COUNT] = [1.0, 0.5, 1.0, 0.6, 0.4];
/// From this many texts per class on, a feature that occurs in one text only is left out: two thirds of all features,
/// while top-1 in cross-validation stays at .658. With ten texts per class it would cost half a point.
const MANY_TEXTS: usize = 40;

/// The features seen in training, with their weights.
#[derive(Clone, Serialize, Deserialize)]
pub struct Vocabulary {
    places: Places,
    kinds: Vec<Kind>,
    weights: Vec<f32>,
}

/// The features of several texts end to end, as keys, as often as they occur.
#[derive(Default)]
struct Keys {
    ends: Vec<usize>,
    keys: Vec<u64>,
}

impl Vocabulary {
    /// Builds the vocabulary of these texts, and the texts as vectors; `classes` has the class of each text.
    pub fn learn(texts: &[&str], classes: &[usize], glossary: &Glossary) -> (Vocabulary, Texts) {
        let parts = read(texts, glossary);
        let mut vocabulary = Vocabulary::of(&parts, least(classes));
        let mut vectors = Texts::with_room(parts.iter().map(|part| part.keys.len()).sum());
        for keys in parts.iter().flat_map(Keys::texts) {
            vectors.push(runs(keys).filter_map(|(key, count)| Some((*vocabulary.places.get(&key)?, count))));
        }
        drop(parts);
        vocabulary.weights = weights(&vectors, classes, vocabulary.len());
        vectors.revalue(|at, value| vocabulary.weigh(at, value));
        (vocabulary, vectors)
    }

    fn of(parts: &[Keys], least: u32) -> Vocabulary {
        let mut seen = Places::default();
        for (key, _) in parts.iter().flat_map(Keys::texts).flat_map(runs) {
            *seen.entry(key).or_default() += 1;
        }
        let mut kept: Vec<(u64, u32)> = seen.into_iter().filter(|(_, texts)| *texts >= least).collect();
        // The most common first: the rows of weights that nearly every text needs are adjacent and stay in the
        // processor's cache.
        kept.sort_unstable_by_key(|(key, texts)| (Reverse(*texts), *key));
        let kinds = kept.iter().map(|(key, _)| kind_of(*key)).collect();
        let places = kept.into_iter().map(|(key, _)| key).zip(0..).collect();
        Vocabulary { places, kinds, weights: Vec::new() }
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The text as a vector; features outside the vocabulary are left out.
    pub fn vector(&self, text: &str, glossary: &Glossary) -> Vector {
        let mut keys = Keys::default();
        keys.read(text, glossary);
        let found = keys.texts().flat_map(runs).filter_map(|(key, count)| Some((*self.places.get(&key)?, count)));
        let (at, mut value): (Vec<u32>, Vec<f32>) = found.unzip();
        self.weigh(&at, &mut value);
        Vector { at, value }
    }

    /// The index of a feature, if it is in the vocabulary.
    pub fn place(&self, kind: Kind, piece: &str) -> Option<u32> {
        self.places.get(&feature_key(kind, piece)).copied()
    }

    /// Turns the count of each feature into its value.
    fn weigh(&self, at: &[u32], value: &mut [f32]) {
        let mut squares = [0.0f32; Kind::COUNT];
        for (place, value) in at.iter().zip(value.iter_mut()) {
            *value = (1.0 + value.ln()) * self.weights[*place as usize];
            squares[self.kinds[*place as usize] as usize] += *value * *value;
        }
        for (place, value) in at.iter().zip(value.iter_mut()) {
            let kind = self.kinds[*place as usize] as usize;
            *value *= SHARE[kind] / squares[kind].sqrt();
        }
    }
}

impl Keys {
    /// The features of many texts. Texts repeat the same few thousand words, so each token is split into features once.
    fn of(texts: &[&str], glossary: &Glossary) -> Keys {
        let mut spelled: FxHashMap<&str, (Vec<String>, Vec<u64>)> = FxHashMap::default();
        let mut all = Keys::default();
        for text in texts {
            let (start, mut words) = (all.keys.len(), Vec::new());
            for piece in text.split_whitespace() {
                let (own, keys) = spelled.entry(piece).or_insert_with(|| spell(piece));
                words.extend_from_slice(own);
                all.keys.extend_from_slice(keys);
            }
            each_between(&words, glossary, |kind, piece| all.keys.push(feature_key(kind, piece)));
            all.end(start);
        }
        all
    }

    fn read(&mut self, text: &str, glossary: &Glossary) {
        let start = self.keys.len();
        each_feature(text, glossary, |kind, piece| self.keys.push(feature_key(kind, piece)));
        self.end(start);
    }

    /// Ends the text that starts at this index.
    fn end(&mut self, start: usize) {
        self.keys[start..].sort_unstable();
        self.ends.push(self.keys.len());
    }

    /// The keys of each text, sorted.
    fn texts(&self) -> impl Iterator<Item = &[u64]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.keys[start..*end])
    }
}

/// The words of a token between two spaces, and the keys of their features.
fn spell(piece: &str) -> (Vec<String>, Vec<u64>) {
    let (words, mut keys) = (language::words(piece, true), Vec::new());
    words.iter().for_each(|word| each_within(word, |kind, piece| keys.push(feature_key(kind, piece))));
    (words, keys)
}

/// Fewest texts in which a feature must occur.
fn least(classes: &[usize]) -> u32 {
    let kinds = classes.iter().max().map_or(1, |last| last + 1);
    if classes.len() >= kinds * MANY_TEXTS { 2 } else { 1 }
}

/// The features of every text, extracted on two threads: this is a fifth of the training time.
fn read(texts: &[&str], glossary: &Glossary) -> [Keys; 2] {
    let (first, second) = texts.split_at(texts.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| Keys::of(second, glossary));
        [Keys::of(first, glossary), other.join().unwrap_or_default()]
    })
}

/// Counts sorted keys: each once, with its number of occurrences.
fn runs(keys: &[u64]) -> impl Iterator<Item = (u64, f32)> {
    keys.chunk_by(|one, other| one == other).map(|run| (run[0], run.len() as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_keeps_to_one_class_weighs_more_than_one_met_everywhere() {
        let texts = ["hola cedula", "hola cedula", "hola cesfam", "hola cesfam"];
        let (vocabulary, _) = Vocabulary::learn(&texts, &[0, 0, 1, 1], &Glossary::default());
        let weight = |word| vocabulary.place(Kind::Word, word).map(|place| vocabulary.weights[place as usize]);
        assert!(weight("cedula") > weight("hola"));
    }

    #[test]
    fn features_never_seen_are_left_out() {
        let (vocabulary, _) = Vocabulary::learn(&["aa"], &[0], &Glossary::default());
        assert!(vocabulary.vector("zz", &Glossary::default()).at.is_empty());
    }

    #[test]
    fn with_many_texts_a_feature_met_once_is_left_out() {
        let texts: Vec<&str> = std::iter::once("rara").chain(std::iter::repeat_n("hola", MANY_TEXTS)).collect();
        let learn = |texts: &[&str]| Vocabulary::learn(texts, &vec![0; texts.len()], &Glossary::default()).0;
        assert_eq!(learn(&texts).place(Kind::Word, "rara"), None);
        assert!(learn(&texts[..2]).place(Kind::Word, "rara").is_some());
    }
}
