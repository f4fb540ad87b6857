//! The features of a text: words, pairs of words, letter groups within words, concepts, and pairs of concepts.

use serde::{Deserialize, Serialize};

use super::glossary::Glossary;
use crate::understanding::language;

/// Letter groups have at least this many letters (borders included) …
const SHORTEST_GROUP: usize = 2;
/// … and at most this many.
const LONGEST_GROUP: usize = 4;

/// A family of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A folded word.
    Word,
    /// Two adjacent words.
    Pair,
    /// Adjacent letters of a word, with its borders.
    Letters,
    /// A concept of the glossary.
    Concept,
    /// Two concepts in one text, in any position: the subject of a story.
    Meeting,
}

impl Kind {
    /// Number of families.
    pub const COUNT: usize = Kind::ALL.len();
    /// All families.
    pub const ALL: [Kind; 5] = [Kind::Word, Kind::Pair, Kind::Letters, Kind::Concept, Kind::Meeting];

    /// The feature as shown to a clerk.
    pub fn describe(self, piece: &str) -> String {
        match self {
            Kind::Word | Kind::Pair => format!("\"{piece}\""),
            Kind::Letters => format!("…{}…", piece.trim_matches('_')),
            Kind::Concept | Kind::Meeting => format!("[{piece}]"),
        }
    }
}

/// Calls `each` for every feature of the text, as often as it occurs.
pub fn each_feature(text: &str, glossary: &Glossary, mut each: impl FnMut(Kind, &str)) {
    let words = language::words(text, true);
    words.iter().for_each(|word| each_within(word, &mut each));
    each_between(&words, glossary, each);
}

/// Calls `each` for the features of a single word: itself and its letter groups.
pub fn each_within(word: &str, mut each: impl FnMut(Kind, &str)) {
    each(Kind::Word, word);
    let bordered = format!("_{word}_");
    let borders: Vec<usize> = bordered.char_indices().map(|(at, _)| at).chain([bordered.len()]).collect();
    for length in SHORTEST_GROUP..=LONGEST_GROUP {
        borders.windows(length + 1).for_each(|window| each(Kind::Letters, &bordered[window[0]..window[length]]));
    }
}

/// Calls `each` for the features of several words: pairs, concepts and pairs of concepts.
pub fn each_between(words: &[String], glossary: &Glossary, mut each: impl FnMut(Kind, &str)) {
    let mut buffer = String::new();
    for pair in words.windows(2) {
        each(Kind::Pair, joined(&mut buffer, &pair[0], " ", &pair[1]));
    }
    each_concept(words, glossary, &mut buffer, &mut each);
}

fn each_concept(words: &[String], glossary: &Glossary, buffer: &mut String, each: &mut impl FnMut(Kind, &str)) {
    let mut met: Vec<u16> = Vec::new();
    glossary.each_concept(words, |concept| {
        each(Kind::Concept, glossary.name(concept));
        met.extend(Some(concept).filter(|concept| glossary.is_subject(*concept)));
    });
    met.sort_unstable();
    met.dedup();
    for (n, one) in met.iter().enumerate() {
        for other in &met[n + 1..] {
            each(Kind::Meeting, joined(buffer, glossary.name(*one), " + ", glossary.name(*other)));
        }
    }
}

fn joined<'b>(buffer: &'b mut String, one: &str, between: &str, other: &str) -> &'b str {
    buffer.clear();
    buffer.extend([one, between, other]);
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(text: &str, glossary: &Glossary) -> Vec<(Kind, String)> {
        let mut found = Vec::new();
        each_feature(text, glossary, |kind, piece| found.push((kind, piece.to_owned())));
        found
    }

    #[test]
    fn a_text_shows_its_words_pairs_and_letter_groups() {
        let found = features("Mi RUT", &Glossary::default());
        for (kind, piece) in
            [(Kind::Word, "rut"), (Kind::Pair, "mi rut"), (Kind::Letters, "_mi_"), (Kind::Letters, "ut")]
        {
            assert!(found.contains(&(kind, piece.to_owned())), "{piece}");
        }
    }

    #[test]
    fn concepts_that_stand_in_one_text_meet_once_in_either_order() {
        let code = crate::domain::text::lang::Lang::first().code();
        let glossary =
            Glossary::parse(&format!("[concept.card]\n{code} = [\"carnet\"]\n[concept.child]\n{code} = [\"hija\"]"))
                .unwrap();
        let met = |text: &str| {
            features(text, &glossary)
                .iter()
                .filter(|(kind, piece)| *kind == Kind::Meeting && piece == "card + child")
                .count()
        };
        assert_eq!((met("carnet de mi hija"), met("mi hija sin carnet, hija")), (1, 1));
    }
}
