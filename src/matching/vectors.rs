//! Texts as sparse vectors: a vocabulary of features with their weights, each family scaled to its share.

use super::features::{Kind, each_feature};
use super::glossary::Glossary;
use super::keys::{Places, feature_key};

/// What each family weighs in a text (its part of the vector's length): words, pairs, letters, concepts, meetings.
/// The landscape is flat: a third more or less of any changes top-1 by less than half a point.
const SHARE: [f32; Kind::COUNT] = [1.0, 0.5, 1.0, 0.4, 0.5];
/// How much a feature that keeps to few classes counts over one that is met everywhere (a power of its purity);
/// 0 → 0.2 raised top-1 by 1 point in cross-validation, 0.5 overfits.
const PURITY_POWER: f32 = 0.2;
/// Purity taken for features too rare to tell, and the weight (in pairs of texts) of that assumption.
const USUAL_PURITY: f32 = 0.02;
const PURITY_DOUBT: f32 = 6.0;

/// A text's features and their values, by place in the vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    /// Places in the vocabulary, rising.
    pub at: Vec<u32>,
    /// Values, one for each place.
    pub value: Vec<f32>,
}

/// A text's features with how often each occurs, by place.
type Counts = Vec<(u32, f32)>;

/// The features seen in training, with their weights.
pub struct Vocabulary {
    places: Places,
    kinds: Vec<Kind>,
    weights: Vec<f32>,
}

impl Vocabulary {
    /// The vocabulary of these texts, and the texts as vectors; `classes` says the class of each text.
    pub fn learn(texts: &[&str], classes: &[usize], glossary: &Glossary) -> (Vocabulary, Vec<Vector>) {
        let mut vocabulary = Vocabulary { places: Places::default(), kinds: Vec::new(), weights: Vec::new() };
        let rows: Vec<Counts> = seen_features(texts, glossary).iter().map(|row| vocabulary.add(row)).collect();
        vocabulary.weights = weights(&rows, classes, vocabulary.kinds.len());
        let vectors = rows.into_iter().map(|row| vocabulary.weigh(row)).collect();
        (vocabulary, vectors)
    }

    /// How many features there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The text as a vector; features never seen are left out.
    pub fn vector(&self, text: &str, glossary: &Glossary) -> Vector {
        let mut row = Vec::new();
        each_feature(text, glossary, |kind, piece| row.extend(self.place(kind, piece).map(|place| (place, 1.0))));
        self.weigh(merged(row))
    }

    /// A feature's place, where it was seen in training.
    pub fn place(&self, kind: Kind, piece: &str) -> Option<u32> {
        self.places.get(&feature_key(kind, piece)).copied()
    }

    fn add(&mut self, features: &[(u64, Kind)]) -> Counts {
        let row = features.iter().map(|(key, kind)| {
            let place = self.places.entry(*key).or_insert_with(|| {
                self.kinds.push(*kind);
                self.kinds.len() as u32 - 1
            });
            (*place, 1.0)
        });
        merged(row.collect())
    }

    fn weigh(&self, row: Counts) -> Vector {
        let mut vector = Vector::default();
        let mut squares = [0.0f32; Kind::COUNT];
        for (place, count) in row {
            let value = (1.0 + count.ln()) * self.weights[place as usize];
            squares[self.kinds[place as usize] as usize] += value * value;
            vector.at.push(place);
            vector.value.push(value);
        }
        for (place, value) in vector.at.iter().zip(vector.value.iter_mut()) {
            let kind = self.kinds[*place as usize] as usize;
            *value *= SHARE[kind] / squares[kind].sqrt();
        }
        vector
    }
}

/// Every text's features, read on two threads: spelling them out is a third of the training.
fn seen_features(texts: &[&str], glossary: &Glossary) -> Vec<Vec<(u64, Kind)>> {
    let read = |part: &[&str]| part.iter().map(|text| features_of(text, glossary)).collect::<Vec<_>>();
    let (first, second) = texts.split_at(texts.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| read(second));
        let mut rows = read(first);
        rows.extend(other.join().unwrap_or_default());
        rows
    })
}

fn features_of(text: &str, glossary: &Glossary) -> Vec<(u64, Kind)> {
    let mut row = Vec::new();
    each_feature(text, glossary, |kind, piece| row.push((feature_key(kind, piece), kind)));
    row
}

fn merged(mut row: Counts) -> Counts {
    row.sort_unstable_by_key(|(place, _)| *place);
    row.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    row
}

/// Inverse document frequency times a power of purity: the chance that two texts with the feature are of one class.
fn weights(rows: &[Counts], classes: &[usize], features: usize) -> Vec<f32> {
    let (seen, same) = occurrences(rows, classes, features);
    let texts = rows.len() as f32;
    let weigh = |(seen, same): (&f32, &f32)| {
        let rarity = ((1.0 + texts) / (1.0 + seen)).ln() + 1.0;
        let purity = (same + PURITY_DOUBT * USUAL_PURITY) / (seen * (seen - 1.0) + PURITY_DOUBT);
        rarity * purity.powf(PURITY_POWER)
    };
    seen.iter().zip(&same).map(weigh).collect()
}

/// For each feature: in how many texts it is, and how many ordered pairs of them are of one class.
fn occurrences(rows: &[Counts], classes: &[usize], features: usize) -> (Vec<f32>, Vec<f32>) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|row| classes[*row]);
    let (mut seen, mut same) = (vec![0.0; features], vec![0.0; features]);
    let mut here = vec![(usize::MAX, 0.0); features];
    for row in order {
        for (place, _) in &rows[row] {
            let place = *place as usize;
            let earlier = if here[place].0 == classes[row] { here[place].1 } else { 0.0 };
            here[place] = (classes[row], earlier + 1.0);
            seen[place] += 1.0;
            same[place] += 2.0 * earlier;
        }
    }
    (seen, same)
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
}
