//! A multinomial logistic model over sparse vectors, learned by stochastic gradient descent.

use super::model::Recipe;
use super::vectors::Vector;

/// Weights of every feature for every class.
pub struct Linear {
    weights: Vec<f32>,
    bias: Vec<f32>,
    width: usize,
    classes: usize,
}

impl Linear {
    /// Learns to tell the classes apart; `labels` are (class, weight of the example).
    pub fn learn(vectors: &[Vector], labels: &[(usize, f32)], features: usize, classes: usize, recipe: &Recipe) -> Linear {
        let width = classes.next_multiple_of(8);
        let mut model = Linear { weights: vec![0.0; features * width], bias: vec![0.0; width], width, classes };
        for (_, bias) in model.bias.iter_mut().enumerate().filter(|(class, _)| labels.iter().all(|(label, _)| label != class)) {
            *bias = -30.0;
        }
        let mut order: Vec<usize> = (0..vectors.len()).collect();
        let mut chance = Chance(recipe.seed);
        let steps = (recipe.rounds * vectors.len()) as f32;
        let mut step = 0.0;
        let mut scores = vec![0.0; width];
        for _ in 0..recipe.rounds {
            chance.shuffle(&mut order);
            for n in &order {
                let rate = recipe.rate * (1.0 - step / steps);
                model.step(&vectors[*n], labels[*n], rate, recipe, &mut scores);
                step += 1.0;
            }
        }
        model
    }

    /// The weight of a feature for a class.
    pub fn weight(&self, feature: u32, class: usize) -> f32 {
        self.weights[feature as usize * self.width + class]
    }

    fn step(&mut self, vector: &Vector, (label, weight): (usize, f32), rate: f32, recipe: &Recipe, scores: &mut [f32]) {
        self.add_scores(vector, scores);
        softmax(&mut scores[..self.classes], 1.0);
        scores[label] -= 1.0;
        let moved: Vec<(usize, f32)> = scores[..self.classes].iter().enumerate().filter(|(_, g)| g.abs() > recipe.least).map(|(c, g)| (c, g * rate * weight)).collect();
        for (class, step) in &moved {
            self.bias[*class] -= step * recipe.bias;
        }
        for (place, value) in vector.at.iter().zip(&vector.value) {
            let row = &mut self.weights[*place as usize * self.width..][..self.width];
            for (class, step) in &moved {
                row[*class] -= step * value;
            }
        }
    }

    fn add_scores(&self, vector: &Vector, scores: &mut [f32]) {
        scores.copy_from_slice(&self.bias);
        for (place, value) in vector.at.iter().zip(&vector.value) {
            let row = &self.weights[*place as usize * self.width..][..self.width];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight * value);
        }
    }

    /// Each class's score (a logit).
    pub fn scores(&self, vector: &Vector) -> Vec<f32> {
        let mut scores = vec![0.0; self.width];
        self.add_scores(vector, &mut scores);
        scores.truncate(self.classes);
        scores
    }
}

/// Turns logits into probabilities; a higher `temperature` makes them more even.
pub fn softmax(scores: &mut [f32], temperature: f32) {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = ((*score - best) / temperature).exp());
    let total: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
}

/// A fixed sequence of numbers to shuffle by (splitmix64): the same model from the same texts, always.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn shuffle(&mut self, order: &mut [usize]) {
        for n in (1..order.len()).rev() {
            order.swap(n, (self.next() % (n as u64 + 1)) as usize);
        }
    }
}
