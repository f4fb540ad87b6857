//! Explains a result: the features that counted for the best entry and for the runner-up.

use std::collections::HashMap;

use super::features::each_feature;
use super::model::SHARPNESS;
use super::vectors::Vector;
use super::{Before, Model, Understanding};

/// How many features are shown per entry.
const SHOWN: usize = 12;

/// The explanation of a result.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The result.
    pub understood: Understanding,
    /// The reasons for the best entry and for the runner-up.
    pub reasons: Vec<Reasons>,
}

/// The reasons for an entry.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// The index of the entry.
    pub entry: usize,
    /// Its probability, from 0 to 1.
    pub share: f32,
    /// Features of the text, each with its part of the entry's score (a logit), strongest first.
    pub features: Vec<(String, f32)>,
}

impl Model {
    /// Explains a result: the strongest features of the best entry and of the runner-up, for the text without its
    /// context.
    pub fn explain(&self, text: &str, before: Option<&Before>) -> Explanation {
        let understood = self.understand(text, before);
        let (vector, names) = (self.vector(text), self.names(text));
        let best = understood.ranked.iter().take(2);
        let reasons = best
            .map(|(entry, share)| Reasons {
                entry: *entry,
                share: *share,
                features: self.strongest(&vector, &names, *entry),
            })
            .collect();
        Explanation { understood, reasons }
    }

    fn names(&self, text: &str) -> HashMap<u32, String> {
        let mut names = HashMap::new();
        each_feature(text, &self.glossary, |kind, piece| {
            if let Some(place) = self.vocabulary.place(kind, piece) {
                names.entry(place).or_insert_with(|| kind.describe(piece));
            }
        });
        names
    }

    fn strongest(&self, vector: &Vector, names: &HashMap<u32, String>, class: usize) -> Vec<(String, f32)> {
        let parts = vector.features().pairs();
        let adds = parts.filter_map(|(place, value)| {
            Some((names.get(&place)?.clone(), SHARPNESS * value * self.scorer.weight(place, class)))
        });
        let mut features: Vec<(String, f32)> = adds.filter(|(_, adds)| *adds > 0.0).collect();
        features.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        features.truncate(SHOWN);
        features
    }
}
