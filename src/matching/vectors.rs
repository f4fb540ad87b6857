//! Texts as sparse vectors: a vocabulary of features with their weights (TF-IDF), each family scaled to its share.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::features::{Kind, each_feature};
use super::glossary::Glossary;
use super::model::Recipe;

/// A text's features and their values, by place in the vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    /// Places in the vocabulary, rising.
    pub at: Vec<u32>,
    /// Values, one for each place.
    pub value: Vec<f32>,
}

/// FNV-1a over a feature's family and letters: 64 bits make a collision in half a million features unlikely (under one in 100 million).
pub fn feature_key(kind: Kind, piece: &str) -> u64 {
    let start = (0xcbf2_9ce4_8422_2325 ^ (kind as u64 + 1)).wrapping_mul(0x0100_0000_01b3);
    piece.bytes().fold(start, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Keys are hashes already.
#[derive(Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = (self.0 << 8) | u64::from(*byte));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key ^ (key >> 29);
    }
}

type Places = HashMap<u64, u32, BuildHasherDefault<AsIs>>;

/// The features seen in training.
pub struct Vocabulary {
    places: Places,
    kinds: Vec<Kind>,
    weights: Vec<f32>,
    share: [f32; 5],
    sublinear: bool,
}

impl Vocabulary {
    /// The vocabulary of these texts, and the texts as vectors.
    pub fn learn<'a>(texts: impl Iterator<Item = &'a str>, glossary: &Glossary, recipe: &Recipe) -> (Vocabulary, Vec<Vector>) {
        let mut places = Places::default();
        let mut kinds = Vec::new();
        let mut seen: Vec<u32> = Vec::new();
        let mut counted: Vec<Vec<(u32, f32)>> = Vec::new();
        for text in texts {
            let mut row = Vec::new();
            each_feature(text, glossary, |kind, piece| {
                let place = *places.entry(feature_key(kind, piece)).or_insert_with(|| {
                    kinds.push(kind);
                    seen.push(0);
                    kinds.len() as u32 - 1
                });
                row.push((place, 1.0));
            });
            let row = merged(row);
            row.iter().for_each(|(place, _)| seen[*place as usize] += 1);
            counted.push(row);
        }
        let texts = counted.len() as f32;
        let weights = seen.iter().zip(&kinds).map(|(seen, kind)| {
            if *seen < recipe.rarest[*kind as usize] { 0.0 } else { ((1.0 + texts) / (1.0 + *seen as f32)).ln() + 1.0 }
        }).collect();
        let vocabulary = Vocabulary { places, kinds, weights, share: recipe.share, sublinear: recipe.sublinear };
        let vectors = counted.into_iter().map(|row| vocabulary.weigh(row)).collect();
        (vocabulary, vectors)
    }

    /// How many features there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The text as a vector; features never seen are left out.
    pub fn vector(&self, text: &str, glossary: &Glossary) -> Vector {
        let mut row = Vec::new();
        each_feature(text, glossary, |kind, piece| {
            if let Some(place) = self.places.get(&feature_key(kind, piece)) {
                row.push((*place, 1.0));
            }
        });
        self.weigh(merged(row))
    }

    /// A feature's place, where it was seen in training.
    pub fn place(&self, kind: Kind, piece: &str) -> Option<u32> {
        self.places.get(&feature_key(kind, piece)).copied()
    }

    fn weigh(&self, row: Vec<(u32, f32)>) -> Vector {
        let mut vector = Vector::default();
        let mut squares = [0.0f32; 5];
        for (place, count) in row {
            let idf = self.weights[place as usize];
            if idf == 0.0 { continue; }
            let tf = if self.sublinear { 1.0 + count.ln() } else { count };
            squares[self.kinds[place as usize] as usize] += (tf * idf).powi(2);
            vector.at.push(place);
            vector.value.push(tf * idf);
        }
        for (place, value) in vector.at.iter().zip(vector.value.iter_mut()) {
            let kind = self.kinds[*place as usize] as usize;
            *value *= self.share[kind] / squares[kind].sqrt();
        }
        vector
    }
}

fn merged(mut row: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
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
