//! Texts as sparse vectors: their features, and the value of each.

/// A text's features by index in the vocabulary, with their values.
#[derive(Debug, Clone, Copy)]
pub struct Features<'t> {
    /// Indexes in the vocabulary, each once.
    pub at: &'t [u32],
    /// Values, one for each index.
    pub value: &'t [f32],
}

impl<'t> Features<'t> {
    /// Indexes with their values.
    pub fn pairs(self) -> impl Iterator<Item = (u32, f32)> + 't {
        self.at.iter().copied().zip(self.value.iter().copied())
    }
}

/// One text's features, owned.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    /// Indexes in the vocabulary, each once.
    pub at: Vec<u32>,
    /// Values, one for each index.
    pub value: Vec<f32>,
}

impl Vector {
    /// Borrows the features.
    pub fn features(&self) -> Features<'_> {
        Features { at: &self.at, value: &self.value }
    }
}

/// The features of many texts end to end: two long lists instead of thousands of short ones, so that the memory is
/// returned after training.
#[derive(Debug, Clone)]
pub struct Texts {
    starts: Vec<u32>,
    at: Vec<u32>,
    value: Vec<f32>,
}

impl Texts {
    /// No texts yet, with room for about this many features in all.
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

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The features of a text.
    pub fn features(&self, text: usize) -> Features<'_> {
        let range = self.starts[text] as usize..self.starts[text + 1] as usize;
        Features { at: &self.at[range.clone()], value: &self.value[range] }
    }

    /// Gives every feature of every text another value.
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
