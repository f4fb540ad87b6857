//! The model for very many entries: a feature has weights only for the classes in which it occurs.

use serde::{Deserialize, Serialize};

use super::linear::{Label, softmax};
use super::random::Chance;
use super::schedule::{Schedule, drop_some};
use super::vectors::{Features, Texts, Vector};

/// A feature in more classes than this is left out: it carries no information here and would cost the most time.
const MOST_CLASSES: usize = 400;
/// Classes with a smaller error of their probability than this are not updated.
const CLOSE_ENOUGH: f32 = 0.02;

/// Weights of features for the classes in which they occur.
#[derive(Clone, Serialize, Deserialize)]
pub struct Sparse {
    /// The index at which the classes of each feature start; one more at the end.
    starts: Vec<u32>,
    classes_of: Vec<u32>,
    weights: Vec<f32>,
    classes: usize,
}

impl Sparse {
    /// Trains like the dense model, with a single seed.
    pub fn learn(texts: &Texts, labels: &[Label], features: usize, classes: usize) -> Sparse {
        let mut model = Sparse::of_pairs(texts, labels, features, classes);
        let mut chance = Chance::from(7);
        let mut thin = Vector::default();
        for (text, rate) in Schedule::new(texts.len(), &mut Chance::from(7)) {
            drop_some(texts.features(text), &mut chance, &mut thin);
            model.step(thin.features(), labels[text], rate);
        }
        model
    }

    fn of_pairs(texts: &Texts, labels: &[Label], features: usize, classes: usize) -> Sparse {
        let mut pairs: Vec<u64> = labels
            .iter()
            .enumerate()
            .flat_map(|(text, (class, _))| {
                texts.features(text).at.iter().map(move |place| (u64::from(*place) << 32) | *class as u64)
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut model = Sparse { starts: vec![0], classes_of: Vec::new(), weights: Vec::new(), classes };
        let mut rest = pairs.as_slice();
        for feature in 0..features as u64 {
            let (own, after) = rest.split_at(rest.partition_point(|pair| pair >> 32 == feature));
            if own.len() <= MOST_CLASSES {
                model.classes_of.extend(own.iter().map(|pair| *pair as u32));
            }
            model.starts.push(model.classes_of.len() as u32);
            rest = after;
        }
        model.weights = vec![0.0; model.classes_of.len()];
        model
    }

    fn row(&self, feature: u32) -> std::ops::Range<usize> {
        self.starts[feature as usize] as usize..self.starts[feature as usize + 1] as usize
    }

    fn step(&mut self, features: Features<'_>, (label, counts): Label, rate: f32) {
        let mut slopes = self.scores(features);
        softmax(&mut slopes);
        slopes[label] -= 1.0;
        slopes
            .iter_mut()
            .for_each(|slope| *slope = if slope.abs() > CLOSE_ENOUGH { *slope * rate * counts } else { 0.0 });
        for (place, value) in features.pairs() {
            let row = self.row(place);
            let classes = &self.classes_of[row.clone()];
            self.weights[row]
                .iter_mut()
                .zip(classes)
                .for_each(|(weight, class)| *weight -= slopes[*class as usize] * value);
        }
    }

    /// Each class's score (a logit).
    pub fn scores(&self, features: Features<'_>) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        for (place, value) in features.pairs() {
            let row = self.row(place);
            self.classes_of[row.clone()]
                .iter()
                .zip(&self.weights[row])
                .for_each(|(class, weight)| scores[*class as usize] += weight * value);
        }
        scores
    }

    /// The weight of a feature for a class.
    pub fn weight(&self, feature: u32, class: usize) -> f32 {
        let row = self.row(feature);
        self.classes_of[row.clone()].binary_search(&(class as u32)).map_or(0.0, |at| self.weights[row.start + at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_speaks_only_for_classes_whose_texts_have_it() {
        let mut texts = Texts::with_room(2);
        (0..2).for_each(|feature| texts.push([(feature, 1.0)].into_iter()));
        let model = Sparse::learn(&texts, &[(0, 1.0), (2, 1.0)], 2, 3);
        assert!(model.weight(1, 2) > 0.0);
        assert_eq!((model.weight(1, 0), model.weight(0, 2)), (0.0, 0.0));
    }
}
