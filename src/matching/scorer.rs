//! Two models with one face: dense for a municipality's entries, sparse for very many.

use super::linear::{Label, Linear};
use super::many::Sparse;
use super::vectors::Vector;

/// More classes than these would fill the memory with a dense model (400 classes: some 700 MB while learning).
const MOST_DENSE: usize = 400;

/// A trained model.
pub enum Scorer {
    /// A weight of every feature for every class.
    Few(Linear),
    /// Weights only where a feature was met.
    Many(Sparse),
}

impl Scorer {
    /// Learns with the model that suits the number of classes.
    pub fn learn(vectors: &[Vector], labels: &[Label], features: usize, classes: usize) -> Scorer {
        match classes > MOST_DENSE {
            false => Scorer::Few(Linear::learn(vectors, labels, features, classes)),
            true => Scorer::Many(Sparse::learn(vectors, labels, features, classes)),
        }
    }

    /// Each class's score (a logit).
    pub fn scores(&self, vector: &Vector) -> Vec<f32> {
        match self {
            Scorer::Few(model) => model.scores(vector),
            Scorer::Many(model) => model.scores(vector),
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
