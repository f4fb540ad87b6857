//! Which aspect of a subject a message asks about: a classifier of its own, learned from each language's `aspects.tsv`.
//!
//! It knows nothing of entries: "how much is it?" asks for the price of whatever the talk is about. Messages that ask for
//! no aspect in particular are a class too, so that a plain "I want to renew my visa" gets the lead alone.
//!
//! People name a subject and an aspect in any combination, and the examples hold few of them. So each follow-up ("and how
//! much is it?") is learned once more behind a message that names a subject and no aspect ("I want to renew my visa"):
//! from that the classifier learns that the subject says nothing about the aspect.

use serde::{Deserialize, Serialize};

use super::matching::{Class, Example, Glossary, Model};
use crate::domain::content::aspect::Aspect;
use crate::domain::text::lang::Lang;

/// From this probability on a message is taken to ask for the aspect. Lower, and people who asked for the whole get a
/// part; higher, and those who asked for a part get the lead.
pub const SURE_OF_ASPECT: f32 = 0.6;
/// The file of a language's folder with the examples: aspect or `-`, `first` or `follow`, text.
const FILE: &str = "aspects.tsv";
/// The name of messages that ask for no aspect.
const NONE: &str = "-";

/// The classifier of aspects.
#[derive(Clone, Serialize, Deserialize)]
pub struct AspectModel(Model);

impl AspectModel {
    /// Learns from the examples of all languages. The same examples always give the same model.
    pub fn learn(glossary: Glossary) -> AspectModel {
        let rows: Vec<Row> = Lang::all().flat_map(rows).collect();
        let joined: Vec<(Class, Lang, String)> = Lang::all().flat_map(|lang| joined(lang, &rows)).collect();
        let own = rows.iter().map(|row| Example { class: row.class, lang: row.lang, text: row.text });
        let joined = joined.iter().map(|(class, lang, text)| Example { class: *class, lang: *lang, text });
        AspectModel(Model::train(Aspect::ALL.len(), &own.chain(joined).collect::<Vec<_>>(), &[], glossary))
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

/// A line of `aspects.tsv`.
#[derive(Clone, Copy)]
struct Row {
    class: Class,
    lang: Lang,
    /// Whether it makes sense only after other words.
    follows: bool,
    text: &'static str,
}

fn rows(lang: Lang) -> impl Iterator<Item = Row> {
    let lines = lang.file(FILE).unwrap_or_default().lines();
    lines.filter_map(move |line| {
        let mut cells = line.splitn(3, '\t');
        let (name, kind, text) = (cells.next()?, cells.next()?, cells.next()?);
        let class = match name {
            NONE => Class::OutOfScope,
            name => Class::Entry(Aspect::ALL.iter().position(|aspect| aspect.name() == name)?),
        };
        Some(Row { class, lang, follows: kind == "follow", text })
    })
}

/// Every follow-up that asks for an aspect, behind one of the messages that name a subject only.
fn joined(lang: Lang, rows: &[Row]) -> Vec<(Class, Lang, String)> {
    let of = |follows: bool| rows.iter().filter(move |row| row.lang == lang && row.follows == follows);
    let subjects = of(false).filter(|row| row.class == Class::OutOfScope).cycle();
    let asks = of(true).filter(|row| row.class != Class::OutOfScope);
    asks.zip(subjects).map(|(ask, subject)| (ask.class, lang, format!("{} {}", subject.text, ask.text))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_language_has_enough_examples_of_each_aspect() {
        for lang in Lang::all() {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for row in rows(lang) {
                *counts.entry(format!("{:?}", row.class)).or_default() += 1;
            }
            assert_eq!(counts.len(), Aspect::ALL.len() + 1, "{lang}: {counts:?}");
            assert!(counts.values().all(|count| *count >= 150), "{lang}: {counts:?}");
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
            (
                Aspect::Cost,
                [
                    "¿cuánto cuesta renovar la visa?",
                    "konbyen sa koute pou renouvle viza?",
                    "how much is it to renew a visa?",
                ],
            ),
        ];
        for (aspect, messages) in asked {
            for message in messages {
                assert_eq!(model.aspect(message), Some(aspect), "{message}: {:?}", model.likeliest(message));
            }
        }
    }
}
