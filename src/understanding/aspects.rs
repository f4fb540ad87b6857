//! Which aspect of a subject a message asks about: a classifier of its own, learned from each language's `aspects.tsv`.
//!
//! It knows nothing of entries: "how much is it?" asks for the price of whatever the talk is about. Messages that ask for
//! no aspect in particular are a class too, so that a plain "I want to renew my visa" gets the lead alone.

use serde::{Deserialize, Serialize};

use super::matching::{Class, Example, Glossary, Model};
use crate::domain::content::aspect::Aspect;
use crate::domain::text::lang::Lang;

/// From this probability on a message is taken to ask for the aspect. Lower, and people who asked for the whole get a
/// part; higher, and those who asked for a part get the lead.
const SURE_OF_ASPECT: f32 = 0.6;
/// The file of a language's folder with the examples: aspect or `-`, `first` or `follow`, text.
const FILE: &str = "aspects.tsv";
/// The name of messages that ask for no aspect.
const NONE: &str = "-";

/// The classifier of aspects.
#[derive(Serialize, Deserialize)]
pub struct AspectModel(Model);

impl AspectModel {
    /// Learns from the examples of all languages. The same examples always give the same model.
    pub fn learn(glossary: Glossary) -> AspectModel {
        let examples: Vec<Example<'_>> = Lang::all().flat_map(examples).collect();
        AspectModel(Model::train(Aspect::ALL.len(), &examples, &[], glossary))
    }

    /// The aspect that a message asks about, if it says so clearly enough.
    pub fn aspect(&self, text: &str) -> Option<Aspect> {
        self.likeliest(text).filter(|(_, share)| *share >= SURE_OF_ASPECT).map(|(aspect, _)| aspect)
    }

    /// The likeliest aspect with its probability, from 0 to 1.
    pub fn likeliest(&self, text: &str) -> Option<(Aspect, f32)> {
        let (place, share) = self.0.understand(text, None).ranked.into_iter().next()?;
        Some((*Aspect::ALL.get(place)?, share))
    }
}

fn examples(lang: Lang) -> impl Iterator<Item = Example<'static>> {
    let lines = lang.file(FILE).unwrap_or_default().lines();
    lines.filter_map(move |line| {
        let mut cells = line.splitn(3, '\t');
        let (name, _, text) = (cells.next()?, cells.next()?, cells.next()?);
        let class = match name {
            NONE => Class::OutOfScope,
            name => Class::Entry(Aspect::ALL.iter().position(|aspect| aspect.name() == name)?),
        };
        Some(Example { class, lang, text })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_language_has_enough_examples_of_each_aspect() {
        for lang in Lang::all() {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for example in examples(lang) {
                *counts.entry(format!("{:?}", example.class)).or_default() += 1;
            }
            assert_eq!(counts.len(), Aspect::ALL.len() + 1, "{lang}: {counts:?}");
            assert!(counts.values().all(|count| *count >= 75), "{lang}: {counts:?}");
        }
    }

    #[test]
    fn the_same_question_in_three_languages_asks_for_the_same_aspect() {
        let model = AspectModel::learn(Glossary::default());
        let asked = [
            (Aspect::Cost, ["¿y cuánto cuesta?", "konbyen sa koute?", "how much is it?"]),
            (Aspect::Papers, ["¿qué papeles tengo que llevar?", "ki papye pou m pote?", "what documents do I bring?"]),
            (Aspect::Where, ["¿dónde queda?", "ki kote sa ye?", "where is it?"]),
            (Aspect::Time, ["¿cuánto demora?", "konbyen tan sa pran?", "how long does it take?"]),
        ];
        for (aspect, messages) in asked {
            for message in messages {
                assert_eq!(model.aspect(message), Some(aspect), "{message}: {:?}", model.likeliest(message));
            }
        }
    }
}
