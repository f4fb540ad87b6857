//! Multinomial logistic regression over sparse vectors, trained by stochastic gradient descent with dropout.

use super::random::Chance;
use super::schedule::{Schedule, drop_some};
use super::vectors::{Features, Texts, Vector};

/// The fixed score of a class without examples.
const NO_EXAMPLE: f32 = -30.0;
/// Classes with a smaller error of their probability than this are not updated.
const CLOSE_ENOUGH: f32 = 0.01;
/// Learning rate of the biases, relative to that of the weights.
const BIAS_RATE: f32 = 0.1;
/// Seeds of the two models that are averaged.
const SEEDS: [u64; 2] = [7, 9];

/// Weights of every feature for every class.
pub struct Linear {
    /// One row of `width` weights for each feature.
    weights: Vec<f32>,
    bias: Vec<f32>,
    /// Number of classes, rounded up so that the processor adds several numbers at a time (SIMD).
    width: usize,
    classes: usize,
}

/// The class of a text to train on, and its weight (1 for a phrasing).
pub type Label = (usize, f32);

impl Linear {
    /// Trains the mean of two models with different seeds, each on its own thread.
    pub fn learn(texts: &Texts, labels: &[Label], features: usize, classes: usize) -> Linear {
        let learn = |seed| Linear::learn_once(texts, labels, features, classes, seed);
        let [here, there] = SEEDS;
        std::thread::scope(|scope| {
            let other = scope.spawn(move || learn(there));
            let model = learn(here);
            match other.join() {
                Ok(other) => model.mean(&other),
                Err(_) => model,
            }
        })
    }

    fn learn_once(texts: &Texts, labels: &[Label], features: usize, classes: usize, seed: u64) -> Linear {
        let width = classes.next_multiple_of(8);
        let mut model = Linear { weights: written(features * width), bias: vec![NO_EXAMPLE; width], width, classes };
        labels.iter().for_each(|(class, _)| model.bias[*class] = 0.0);
        let mut chance = Chance::from(seed);
        let mut thin = Vector::default();
        let mut scores = vec![0.0; width];
        for (text, rate) in Schedule::new(texts.len(), &mut Chance::from(seed)) {
            drop_some(texts.features(text), &mut chance, &mut thin);
            model.step(thin.features(), labels[text], rate, &mut scores);
        }
        model
    }

    fn mean(mut self, other: &Linear) -> Linear {
        let mean = |(one, other): (&mut f32, &f32)| *one = (*one + other) / 2.0;
        self.weights.iter_mut().zip(&other.weights).for_each(mean);
        self.bias.iter_mut().zip(&other.bias).for_each(mean);
        self
    }

    /// One step of gradient descent; classes that are nearly right are not updated.
    fn step(&mut self, features: Features<'_>, (label, counts): Label, rate: f32, scores: &mut [f32]) {
        self.add_up(features, scores);
        softmax(&mut scores[..self.classes]);
        scores[label] -= 1.0;
        let by = rate * counts;
        scores.iter_mut().for_each(|slope| *slope = if slope.abs() > CLOSE_ENOUGH { *slope * by } else { 0.0 });
        scores[self.classes..].fill(0.0);
        self.bias.iter_mut().zip(&*scores).for_each(|(bias, slope)| *bias -= slope * BIAS_RATE);
        for (place, value) in features.pairs() {
            let row = &mut self.weights[place as usize * self.width..][..self.width];
            row.iter_mut().zip(&*scores).for_each(|(weight, slope)| *weight -= slope * value);
        }
    }

    fn add_up(&self, features: Features<'_>, scores: &mut [f32]) {
        scores.copy_from_slice(&self.bias);
        for (place, value) in features.pairs() {
            let row = &self.weights[place as usize * self.width..][..self.width];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight * value);
        }
    }

    /// The weights (a row per feature), the biases, and the width of a row.
    pub fn into_rows(self) -> (Vec<f32>, Vec<f32>, usize) {
        (self.weights, self.bias, self.width)
    }
}

/// Zeros that are explicitly written. Memory that is zero only because nothing was written to it is allocated page by
/// page on the first write, and each time the other thread has to wait (a tenth of the training time).
fn written(length: usize) -> Vec<f32> {
    let mut zeros = Vec::with_capacity(length);
    zeros.resize(length, 0.0);
    zeros
}

/// Turns logits into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - best).exp());
    let total: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_speaks_for_the_class_whose_texts_have_it() {
        let mut texts = Texts::with_room(2);
        (0..2).for_each(|feature| texts.push([(feature, 1.0)].into_iter()));
        let model = Linear::learn(&texts, &[(0, 1.0), (2, 1.0)], 2, 3);
        let mut scores = vec![0.0; model.width];
        model.add_up(texts.features(1), &mut scores);
        assert!(scores[2] > scores[0] && scores[0] > scores[1], "{scores:?}");
    }

    #[test]
    fn probabilities_add_up_to_one() {
        let mut scores = [1.0, 2.0, 300.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
