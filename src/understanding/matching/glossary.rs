//! The glossary: concepts with their words in every language, so that training in one language helps the others.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::phonetic::sound;
use crate::domain::text::lang::Lang;
use crate::understanding::language;

/// Most words of a phrase in the glossary.
const LONGEST_PHRASE: usize = 3;
/// Fewest letters of a stem (`enferm*`).
const SHORTEST_STEM: usize = 3;

/// Words and phrases with the concepts that they mean. An empty glossary recognises nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Glossary {
    names: Vec<String>,
    /// Number of concepts that are subjects of entries; they come first, the others are everyday words.
    subjects: u16,
    phrases: FxHashMap<String, Vec<u16>>,
    stems: FxHashMap<String, Vec<u16>>,
}

/// The words for a concept in each language.
type Called = BTreeMap<Lang, Vec<String>>;

/// The file: `[concept.<name>]` and `[word]` with lists of words for each language.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    concept: BTreeMap<String, Called>,
    #[serde(default)]
    word: BTreeMap<String, Called>,
}

impl Glossary {
    /// Parses a glossary: concepts by name, each with words, phrases and stems (`enferm*`) by language.
    pub fn parse(toml: &str) -> Result<Glossary, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        let mut glossary = Glossary { subjects: file.concept.len() as u16, ..Glossary::default() };
        for (name, languages) in file.concept.into_iter().chain(file.word) {
            let concept = glossary.names.len() as u16;
            glossary.names.push(name);
            languages.values().flatten().for_each(|word| glossary.add(word, concept));
        }
        Ok(glossary)
    }

    fn add(&mut self, word: &str, concept: u16) {
        let plain = language::words(word, true).join(" ");
        let concepts = match word.ends_with('*') {
            true => self.stems.entry(plain).or_default(),
            false => self.phrases.entry(sounds(&plain)).or_default(),
        };
        if !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }

    /// The concept's name.
    pub fn name(&self, concept: u16) -> &str {
        self.names.get(usize::from(concept)).map_or("", String::as_str)
    }

    /// Whether entries are about the concept; they are not about everyday words.
    pub fn is_subject(&self, concept: u16) -> bool {
        concept < self.subjects
    }

    /// Calls `each` for every concept that the words mean, in order.
    pub fn each_concept(&self, words: &[String], mut each: impl FnMut(u16)) {
        if self.names.is_empty() {
            return;
        }
        let sounds: Vec<String> = words.iter().map(|word| sounds(word)).collect();
        for start in 0..words.len() {
            let longest = LONGEST_PHRASE.min(words.len() - start);
            let found =
                (1..=longest).rev().find_map(|length| self.phrases.get(&sounds[start..start + length].join(" ")));
            let stem = self.stem(&words[start]);
            found.into_iter().chain(stem).flatten().for_each(|concept| each(*concept));
        }
    }

    fn stem(&self, word: &str) -> Option<&Vec<u16>> {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end >= SHORTEST_STEM);
        ends.rev().find_map(|end| self.stems.get(&word[..end]))
    }
}

/// The phonetic form of each word.
fn sounds(phrase: &str) -> String {
    phrase.split(' ').map(sound).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(glossary: &Glossary, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        glossary.each_concept(&language::words(text, true), |concept| found.push(glossary.name(concept).to_owned()));
        found
    }

    #[test]
    fn words_phrases_and_stems_of_every_language_mean_their_concept() {
        let codes: Vec<_> = Lang::all().map(Lang::code).collect();
        let text = format!(
            "[concept.card]\n{} = [\"cédula\", \"kat idantite\"]\n[concept.ill]\n{} = [\"enferm*\"]",
            codes[0], codes[1]
        );
        let glossary = Glossary::parse(&text).unwrap();
        assert_eq!(names(&glossary, "mi cedula, la enfermera, kat idantite m"), ["card", "ill", "card"]);
    }

    #[test]
    fn an_empty_glossary_recognises_nothing() {
        assert!(names(&Glossary::default(), "mi cedula").is_empty());
    }
}
