//! One interface to two models: dense for a municipality's entries, sparse for very many.

use serde::{Deserialize, Serialize};

use super::compact::Compact;
use super::linear::{Label, Linear};
use super::sparse_linear::Sparse;
use super::vectors::{Features, Texts};

/// Most classes of a dense model; more would fill the memory (400 classes: some 700 MB while training).
const MOST_DENSE: usize = 400;

/// A trained model.
#[derive(Clone, Serialize, Deserialize)]
pub enum Scorer {
    /// A weight of every feature for every class.
    Few(Compact),
    /// Weights only for features and classes that occur together.
    Many(Sparse),
}

impl Scorer {
    /// Trains the model that suits the number of classes.
    pub fn learn(texts: &Texts, labels: &[Label], features: usize, classes: usize) -> Scorer {
        match classes > MOST_DENSE {
            false => Scorer::Few(Compact::of(Linear::learn(texts, labels, features, classes), classes)),
            true => Scorer::Many(Sparse::learn(texts, labels, features, classes)),
        }
    }

    /// Each class's score (a logit).
    pub fn scores(&self, features: Features<'_>) -> Vec<f32> {
        match self {
            Scorer::Few(model) => model.scores(features),
            Scorer::Many(model) => model.scores(features),
        }
    }

    /// The weight of a feature for a class.
    pub fn weight(&self, feature: u32, class: usize) -> f32 {
        match self {
            Scorer::Few(model) => model.weight(feature, class),
            Scorer::Many(model) => model.weight(feature, class),
        }
    }
}
