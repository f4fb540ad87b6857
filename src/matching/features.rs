//! What the model sees of a text: words, pairs of words, letter groups within words, how words sound.

use super::glossary::Glossary;
use super::sound::sound;
use crate::language;

/// A family of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A folded word.
    Word,
    /// Two neighbouring words.
    Pair,
    /// Two to five neighbouring letters of a word with its borders.
    Letters,
    /// A word as it sounds: what spells alike for the ear is one.
    Sound,
    /// A concept of the glossary.
    Concept,
}

impl Kind {
    /// The feature as a clerk reads it.
    pub fn describe(self, piece: &str) -> String {
        match self {
            Kind::Word => format!("\"{piece}\""),
            Kind::Pair => format!("\"{piece}\" together"),
            Kind::Letters => format!("…{}…", piece.trim_matches('_')),
            Kind::Sound => format!("sounds like {piece}"),
            Kind::Concept => format!("[{piece}]"),
        }
    }
}

/// Calls `each` for every feature of the text, in its order, repeated as often as it occurs.
pub fn each_feature(text: &str, glossary: &Glossary, mut each: impl FnMut(Kind, &str)) {
    let words = language::words(text, true);
    let mut buffer = String::new();
    for (n, word) in words.iter().enumerate() {
        each(Kind::Word, word);
        each_letters(word, &mut buffer, &mut each);
        if let Some(next) = words.get(n + 1) {
            buffer.clear();
            buffer.extend([word.as_str(), " ", next]);
            each(Kind::Pair, &buffer);
        }
        each(Kind::Sound, &sound(word));
    }
    glossary.each_concept(&words, |concept| each(Kind::Concept, glossary.name(concept)));
}

fn each_letters(word: &str, buffer: &mut String, each: &mut impl FnMut(Kind, &str)) {
    buffer.clear();
    buffer.extend(["_", word, "_"]);
    let borders: Vec<usize> = buffer.char_indices().map(|(at, _)| at).chain([buffer.len()]).collect();
    for length in 2..=5 {
        for window in borders.windows(length + 1) {
            each(Kind::Letters, &buffer[window[0]..window[length]]);
        }
    }
}
