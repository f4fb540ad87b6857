//! Texts as sparse vectors: which features they have, and how much each counts.

/// A text's features and their values, by place in the vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Features<'t> {
    /// Places in the vocabulary, each once.
    pub at: &'t [u32],
    /// Values, one for each place.
    pub value: &'t [f32],
}

impl<'t> Features<'t> {
    /// Places with their values.
    pub fn pairs(self) -> impl Iterator<Item = (u32, f32)> + 't {
        self.at.iter().copied().zip(self.value.iter().copied())
    }
}

/// One text's features, owned.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    /// Places in the vocabulary, each once.
    pub at: Vec<u32>,
    /// Values, one for each place.
    pub value: Vec<f32>,
}

impl Vector {
    /// The features, to read.
    pub fn features(&self) -> Features<'_> {
        Features { at: &self.at, value: &self.value }
    }
}

/// Many texts' features end to end: two long lists in place of thousands of short ones, so that their memory goes back when they have been learned.
#[derive(Debug, Clone)]
pub struct Texts {
    starts: Vec<u32>,
    at: Vec<u32>,
    value: Vec<f32>,
}

impl Texts {
    /// None yet; there will be about so many features in all.
    pub fn with_room(features: usize) -> Texts {
        Texts { starts: vec![0], at: Vec::with_capacity(features), value: Vec::with_capacity(features) }
    }

    /// Adds a text.
    pub fn push(&mut self, features: impl Iterator<Item = (u32, f32)>) {
        for (place, value) in features {
            self.at.push(place);
            self.value.push(value);
        }
        self.starts.push(self.at.len() as u32);
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The features of a text.
    pub fn features(&self, text: usize) -> Features<'_> {
        let range = self.starts[text] as usize..self.starts[text + 1] as usize;
        Features { at: &self.at[range.clone()], value: &self.value[range] }
    }

    /// Gives every feature another value.
    pub fn revalue(&mut self, mut value: impl FnMut(&[u32], &mut [f32])) {
        for bounds in self.starts.windows(2) {
            let range = bounds[0] as usize..bounds[1] as usize;
            value(&self.at[range.clone()], &mut self.value[range]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lie_end_to_end_and_keep_their_borders() {
        let mut texts = Texts::with_room(3);
        texts.push([(4, 1.0), (7, 2.0)].into_iter());
        texts.push([].into_iter());
        texts.push([(4, 3.0)].into_iter());
        assert_eq!(texts.len(), 3);
        assert_eq!(texts.features(0).at, [4, 7]);
        assert!(texts.features(1).at.is_empty());
        assert_eq!(texts.features(2).pairs().collect::<Vec<_>>(), [(4, 3.0)]);
    }
}
