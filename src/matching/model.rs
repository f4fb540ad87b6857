//! The trained model, and how it understands a text.

use std::collections::HashMap;

use super::features::each_feature;
use super::glossary::Glossary;
use super::linear::{Linear, softmax};
use super::vectors::{Vector, Vocabulary};
use super::verdict::decide;
use super::{talk, Before, Class, EntryText, Example, Verdict};
use crate::domain::lang::Lang;
use crate::domain::small_talk::SmallTalk;

/// How to train.
#[derive(Debug, Clone)]
pub struct Recipe {
    pub seed: u64,
    pub rounds: usize,
    pub rate: f32,
    pub least: f32,
    pub bias: f32,
    pub rarest: [u32; 5],
    pub share: [f32; 5],
    pub sublinear: bool,
    pub text_weight: f32,
}

impl Default for Recipe {
    fn default() -> Recipe {
        Recipe { seed: 7, rounds: 10, rate: 2.0, least: 0.002, bias: 0.1, rarest: [1; 5], share: [1.0, 0.5, 1.0, 0.5, 0.7], sublinear: true, text_weight: 0.3 }
    }
}

/// What a text was understood as.
#[derive(Debug, Clone)]
pub struct Understanding {
    /// What to say.
    pub verdict: Verdict,
    /// Entries with their probabilities, best first, at most ten.
    pub ranked: Vec<(usize, f32)>,
    /// Probability that no entry answers it, from 0 to 1.
    pub outside: f32,
    /// Probability that it is small talk, from 0 to 1.
    pub small_talk: f32,
    /// Whether it was understood by what was said before.
    pub follows: bool,
}

/// How many entries are ranked.
const RANKED: usize = 10;

/// How many features of an entry are shown as its reasons.
const EXPLAINED: usize = 12;

/// Why a text was understood as it was.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What it was understood as.
    pub understood: Understanding,
    /// Of the best entry and the runner-up.
    pub reasons: Vec<Reasons>,
}

/// What speaks for an entry.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// The entry's place.
    pub entry: usize,
    /// Its probability, from 0 to 1.
    pub share: f32,
    /// Features of the text with what each adds to the entry's score (a logit), strongest first.
    pub features: Vec<(String, f32)>,
}

/// A classifier learned from the entries' phrasings.
pub struct Model {
    vocabulary: Vocabulary,
    linear: Linear,
    glossary: Glossary,
    entries: usize,
}

impl Model {
    /// Learns from phrasings and, weakly, from the entries' own texts.
    pub fn train(entries: usize, examples: &[Example], texts: &[EntryText], glossary: Glossary) -> Model {
        Model::train_with(entries, examples, texts, glossary, &Recipe::default())
    }

    pub fn train_with(entries: usize, examples: &[Example], texts: &[EntryText], glossary: Glossary, recipe: &Recipe) -> Model {
        let all = examples.iter().map(|example| example.text).chain(texts.iter().map(|text| text.question)).chain(texts.iter().map(|text| text.answer));
        let (vocabulary, vectors) = Vocabulary::learn(all, &glossary, recipe);
        let mut labels: Vec<(usize, f32)> = examples.iter().map(|example| (place(example.class, entries), 1.0)).collect();
        labels.extend(texts.iter().map(|text| (text.entry, 1.0)));
        labels.extend(texts.iter().map(|text| (text.entry, recipe.text_weight)));
        let linear = Linear::learn(&vectors, &labels, vocabulary.len(), entries + 2 + SmallTalk::ALL.len(), recipe);
        Model { vocabulary, linear, glossary, entries }
    }

    /// What the text means, in the talk so far.
    pub fn understand(&self, text: &str, _lang: Option<Lang>, before: Option<&Before>) -> Understanding {
        let scores = self.linear.scores(&self.vocabulary.vector(text, &self.glossary));
        let mut alone = scores.clone();
        softmax(&mut alone, 1.0);
        let (shares, follows) = match before {
            Some(before) => {
                let earlier = self.linear.scores(&self.vocabulary.vector(before.words, &self.glossary));
                talk::in_context(&scores, &alone, &earlier, before, self.entries)
            }
            None => (alone, false),
        };
        self.judge(&shares, follows)
    }

    /// Why: the strongest features of the best entry and of the runner-up.
    pub fn explain(&self, text: &str, lang: Option<Lang>, before: Option<&Before>) -> Explanation {
        let understood = self.understand(text, lang, before);
        let vector = self.vocabulary.vector(text, &self.glossary);
        let mut names: HashMap<u32, String> = HashMap::new();
        each_feature(text, &self.glossary, |kind, piece| {
            if let Some(place) = self.vocabulary.place(kind, piece) {
                names.entry(place).or_insert_with(|| kind.describe(piece));
            }
        });
        let reasons = understood.ranked.iter().take(2).map(|(entry, share)| Reasons {
            entry: *entry,
            share: *share,
            features: self.strongest(&vector, &names, *entry),
        });
        Explanation { reasons: reasons.collect(), understood: understood.clone() }
    }

    fn strongest(&self, vector: &Vector, names: &HashMap<u32, String>, class: usize) -> Vec<(String, f32)> {
        let parts = vector.at.iter().zip(&vector.value);
        let mut features: Vec<(String, f32)> = parts.filter_map(|(place, value)| Some((names.get(place)?.clone(), value * self.linear.weight(*place, class)))).collect();
        features.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        features.truncate(EXPLAINED);
        features
    }

    fn judge(&self, shares: &[f32], follows: bool) -> Understanding {
        let mut ranked: Vec<(usize, f32)> = shares[..self.entries].iter().copied().enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.truncate(RANKED);
        let small_talk = SmallTalk::ALL.into_iter().map(|kind| (kind, shares[place(Class::SmallTalk(kind), self.entries)])).collect::<Vec<_>>();
        let verdict = decide(&ranked, &small_talk);
        Understanding { verdict, ranked, outside: shares[self.entries..].iter().sum(), small_talk: small_talk.iter().map(|(_, share)| share).sum(), follows }
    }
}

/// The class's place among the model's: entries, out of scope, kinds of small talk, follow-ups.
fn place(class: Class, entries: usize) -> usize {
    match class {
        Class::Entry(entry) => entry,
        Class::OutOfScope => entries,
        Class::SmallTalk(kind) => entries + 1 + kind as usize,
        Class::FollowUp => entries + 1 + SmallTalk::ALL.len(),
    }
}
