//! The learned detector: finds danger that is told and not named, where no pattern matches.
//!
//! It is a classifier of its own (the one that finds entries, with kinds of danger as classes), learned from each
//! language's `danger.tsv` and, as what is no danger, from near misses there and from ordinary phrasings of the content.
//! It speaks only where it is sure: a line of help on an ordinary message teaches people to overlook it.

use serde::{Deserialize, Serialize};

use crate::domain::safety::danger::Danger;
use crate::domain::text::lang::Lang;
use crate::understanding::matching::{Class, Example, Glossary, Model};

/// From this probability on, all kinds together, a message is taken for one about danger. Chosen on lines of hands that
/// it had not learned from (docs/understanding.md).
const SURE_OF_DANGER: f32 = 0.95;
/// Fewest words that tell of something. Shorter messages ("my child") name a subject; danger said so shortly has patterns.
const FEWEST_WORDS: usize = 3;
/// The file of a language's folder with the examples: kind or `-`, level, text.
const FILE: &str = "danger.tsv";
/// The name of messages that only look like danger.
const NONE: &str = "-";
/// Violence by others than the family: it has the line of help for violence, which names the police and the hospital.
const STRANGER: &str = "stranger";

/// The classifier of danger.
#[derive(Serialize, Deserialize)]
pub struct DangerModel(Model);

impl DangerModel {
    /// Learns from the examples of all languages, and from ordinary messages. The same examples give the same model.
    pub fn learn<'t>(glossary: Glossary, ordinary: impl Iterator<Item = (Lang, &'t str)>) -> DangerModel {
        let own = Lang::all().flat_map(|lang| examples(lang, lang.file(FILE).unwrap_or_default()));
        DangerModel::train(glossary, own, ordinary)
    }

    fn train<'t>(
        glossary: Glossary,
        own: impl Iterator<Item = Example<'t>>,
        ordinary: impl Iterator<Item = (Lang, &'t str)>,
    ) -> DangerModel {
        let ordinary = ordinary.map(|(lang, text)| Example { class: Class::OutOfScope, lang, text });
        let examples: Vec<Example<'t>> = own.chain(ordinary).collect();
        DangerModel(Model::train(Danger::ALL.len(), &examples, &[], glossary))
    }

    /// The kind of danger that a message speaks of, if that is clear enough.
    pub fn find(&self, text: &str) -> Option<Danger> {
        let tells = text.split_whitespace().nth(FEWEST_WORDS - 1).is_some();
        let likeliest = self.likeliest(text).filter(|(_, share)| tells && *share >= SURE_OF_DANGER);
        likeliest.map(|(danger, _)| danger)
    }

    /// The likeliest kind, with the probability that the message speaks of any danger, from 0 to 1.
    pub fn likeliest(&self, text: &str) -> Option<(Danger, f32)> {
        let understood = self.0.understand(text, None);
        let any: f32 = understood.ranked.iter().map(|(_, share)| share).sum();
        let (place, _) = understood.ranked.first()?;
        Some((*Danger::ALL.get(*place)?, any))
    }
}

fn examples(lang: Lang, text: &str) -> impl Iterator<Item = Example<'_>> {
    text.lines().filter_map(move |line| {
        let mut cells = line.splitn(3, '\t');
        let (name, _, text) = (cells.next()?, cells.next()?, cells.next()?);
        let kind = if name == STRANGER { Danger::Violence.name() } else { name };
        let class = match kind {
            NONE => Class::OutOfScope,
            kind => Class::Entry(Danger::ALL.iter().position(|danger| danger.name() == kind)?),
        };
        Some(Example { class, lang, text })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::GLOSSARY;

    #[test]
    fn every_language_has_enough_examples_of_each_kind_and_of_near_misses() {
        for lang in Lang::all() {
            let own: Vec<_> = examples(lang, lang.file(FILE).unwrap()).collect();
            for (place, kind) in Danger::ALL.iter().enumerate() {
                let count = own.iter().filter(|example| example.class == Class::Entry(place)).count();
                assert!(count >= 250, "{lang} {kind:?}: {count}");
            }
            let misses = own.iter().filter(|example| example.class == Class::OutOfScope).count();
            assert!(misses >= 800, "{lang}: {misses} near misses");
        }
    }

    /// Learns from the first half of each language's file (one hand) and measures on the second (others).
    /// `cargo test --lib -- --ignored --nocapture danger_is_learned_from_one_hand`
    #[test]
    #[ignore = "an experiment: prints how much is found at which threshold"]
    #[expect(clippy::print_stdout, reason = "its result is for reading")]
    fn danger_is_learned_from_one_hand_and_measured_on_others() {
        let halves = |lang: Lang| {
            let lines: Vec<&str> = lang.file(FILE).unwrap().lines().collect();
            (lines[..lines.len() / 2].join("\n"), lines[lines.len() / 2..].join("\n"))
        };
        let files: Vec<(Lang, String, String)> =
            Lang::all().map(|lang| (lang, halves(lang).0, halves(lang).1)).collect();
        for part in [4, 2, 1] {
            let own = files.iter().flat_map(|(lang, first, _)| examples(*lang, first)).enumerate();
            let own = own.filter(|(n, _)| n % part == 0).map(|(_, example)| example);
            let model = DangerModel::train(Glossary::parse(GLOSSARY).unwrap(), own, std::iter::empty());
            for threshold in [0.5, 0.7, 0.8, 0.9, 0.95] {
                let mut line = format!("1/{part} of one hand, from {threshold}:");
                for (lang, _, second) in &files {
                    let found = |wanted: bool| {
                        let rows = examples(*lang, second).filter(|row| (row.class != Class::OutOfScope) == wanted);
                        let rows: Vec<bool> = rows
                            .map(|row| model.likeliest(row.text).is_some_and(|(_, any)| any >= threshold))
                            .collect();
                        rows.iter().filter(|found| **found).count() as f32 / rows.len() as f32
                    };
                    line.push_str(&format!("  {lang} found {:.2} needless {:.3}", found(true), found(false)));
                }
                println!("{line}");
            }
        }
    }
}
