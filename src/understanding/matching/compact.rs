//! A trained model in compact form: one byte per weight, since a municipality's small machine has little memory.

use serde::{Deserialize, Serialize};

use super::linear::Linear;
use super::vectors::Features;

/// Weights of every feature for every class, as integers from -127 to 127 times the feature's scale: a quarter of the
/// memory.
#[derive(Clone, Serialize, Deserialize)]
pub struct Compact {
    weights: Vec<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    width: usize,
    classes: usize,
}

impl Compact {
    /// Rounds the weights of a trained model.
    pub fn of(model: Linear, classes: usize) -> Compact {
        let (rows, bias, width) = model.into_rows();
        let mut compact = Compact {
            weights: Vec::with_capacity(rows.len()),
            scales: Vec::with_capacity(rows.len() / width.max(1)),
            bias,
            width,
            classes,
        };
        rows.chunks(width.max(1)).for_each(|row| compact.push(row));
        compact
    }

    fn push(&mut self, row: &[f32]) {
        let largest = row.iter().fold(f32::MIN_POSITIVE, |largest, weight| largest.max(weight.abs()));
        let scale = largest / f32::from(i8::MAX);
        self.scales.push(scale);
        self.weights.extend(row.iter().map(|weight| rounded(weight / scale)));
    }

    /// Each class's score (a logit).
    pub fn scores(&self, features: Features<'_>) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for (place, value) in features.pairs() {
            let by = value * self.scales[place as usize];
            let row = &self.weights[place as usize * self.width..][..self.width];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += by * f32::from(*weight));
        }
        scores.truncate(self.classes);
        scores
    }

    /// The weight of a feature for a class.
    pub fn weight(&self, feature: u32, class: usize) -> f32 {
        f32::from(self.weights[feature as usize * self.width + class]) * self.scales[feature as usize]
    }
}

/// The nearest integer. `f32::round` is a function call for each weight if the compiler targets a generic processor.
fn rounded(weight: f32) -> i8 {
    (weight + 0.5_f32.copysign(weight)) as i8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::matching::vectors::Texts;

    #[test]
    fn a_feature_speaks_for_the_class_whose_texts_have_it() {
        let mut texts = Texts::with_room(2);
        (0..2).for_each(|feature| texts.push([(feature, 1.0)].into_iter()));
        let model = Compact::of(Linear::learn(&texts, &[(0, 1.0), (2, 1.0)], 2, 3), 3);
        let scores = model.scores(texts.features(1));
        assert_eq!(scores.len(), 3);
        assert!(scores[2] > scores[0] && scores[0] > scores[1], "{scores:?}");
        assert!(model.weight(1, 2) > 0.0);
    }
}
