//! The trained model: how it is trained, and how it understands a text.

use serde::{Deserialize, Serialize};

use super::linear::{Label, softmax};
use super::scorer::Scorer;
use super::vectors::Vector;
use super::verdict::decide;
use super::vocabulary::Vocabulary;
use super::{Before, Class, EntryText, Example, Glossary, Verdict, class_place, context};
use crate::domain::people::small_talk::SmallTalk;

/// How many entries are ranked.
const RANKED: usize = 10;
/// Weight of an entry's published question, relative to a phrasing.
const QUESTION: f32 = 1.0;
/// Weight of an entry's answer, relative to a phrasing.
const ANSWER: f32 = 0.3;
/// Factor of all scores: trained with short steps and half of the features dropped, the model underestimates its
/// certainty.
pub(super) const SHARPNESS: f32 = 1.3;

/// The result for a text.
#[derive(Debug, Clone)]
pub struct Understanding {
    /// The verdict.
    pub verdict: Verdict,
    /// Entries with their probabilities, best first, at most ten.
    pub ranked: Vec<(usize, f32)>,
    /// Probability that no entry answers it, from 0 to 1.
    pub outside: f32,
    /// Probability that it is small talk, from 0 to 1.
    pub small_talk: f32,
    /// Whether the text was understood through the previous one.
    pub follows: bool,
}

/// A classifier trained on the entries' phrasings.
#[derive(Clone, Serialize, Deserialize)]
pub struct Model {
    pub(super) vocabulary: Vocabulary,
    pub(super) scorer: Scorer,
    pub(super) glossary: Glossary,
    entries: usize,
}

impl Model {
    /// Trains on phrasings and, with less weight, on the entries' own texts. The same examples give the same model.
    pub fn train(entries: usize, examples: &[Example], texts: &[EntryText], glossary: Glossary) -> Model {
        let phrasings = examples.iter().map(|example| (example.text, (class_place(example.class, entries), 1.0)));
        let questions = texts.iter().map(|text| (text.question, (text.entry, QUESTION)));
        let answers = texts.iter().map(|text| (text.answer, (text.entry, ANSWER)));
        let (texts, labels): (Vec<&str>, Vec<Label>) = phrasings.chain(questions).chain(answers).unzip();
        let classes: Vec<usize> = labels.iter().map(|(class, _)| *class).collect();
        let (vocabulary, vectors) = Vocabulary::learn(&texts, &classes, &glossary);
        let scorer = Scorer::learn(&vectors, &labels, vocabulary.len(), class_place(Class::FollowUp, entries) + 1);
        Model { vocabulary, scorer, glossary, entries }
    }

    /// Understands a text in the context of the talk. Its language need not be known: one model has the features of all
    /// languages.
    pub fn understand(&self, text: &str, before: Option<&Before>) -> Understanding {
        let scores = self.scores(text);
        match before.filter(|before| before.entry < self.entries) {
            Some(before) => {
                let earlier = self.scores(before.words);
                let (shares, follows) =
                    context::in_context(&scores, text.split_whitespace().count(), &earlier, before, self.entries);
                self.judge(&shares, follows)
            }
            None => {
                let mut shares = scores;
                softmax(&mut shares);
                self.judge(&shares, false)
            }
        }
    }

    /// The probability of each entry for a text by itself, from 0 to 1.
    pub fn shares(&self, text: &str) -> Vec<f32> {
        let mut shares = self.scores(text);
        softmax(&mut shares);
        shares.truncate(self.entries);
        shares
    }

    fn scores(&self, text: &str) -> Vec<f32> {
        let mut scores = self.scorer.scores(self.vector(text).features());
        scores.iter_mut().for_each(|score| *score *= SHARPNESS);
        scores
    }

    pub(super) fn vector(&self, text: &str) -> Vector {
        self.vocabulary.vector(text, &self.glossary)
    }

    fn judge(&self, shares: &[f32], follows: bool) -> Understanding {
        let mut ranked: Vec<(usize, f32)> = shares[..self.entries].iter().copied().enumerate().collect();
        let first = RANKED.min(ranked.len());
        if first < ranked.len() {
            ranked.select_nth_unstable_by(first, |a, b| b.1.total_cmp(&a.1));
            ranked.truncate(first);
        }
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let small_talk = SmallTalk::ALL.map(|kind| (kind, shares[class_place(Class::SmallTalk(kind), self.entries)]));
        let outside = shares[class_place(Class::OutOfScope, self.entries)];
        Understanding {
            verdict: decide(&ranked, &small_talk, outside, follows),
            ranked,
            outside: shares[self.entries..].iter().sum(),
            small_talk: small_talk.iter().map(|(_, share)| share).sum(),
            follows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::lang::Lang;

    fn examples() -> Vec<Example<'static>> {
        let texts =
            [(0, "donde saco el carnet"), (0, "renovar carnet"), (1, "hora en el cesfam"), (1, "doctor del cesfam")];
        let entries = texts.map(|(entry, text)| Example { class: Class::Entry(entry), lang: Lang::first(), text });
        entries
            .into_iter()
            .chain([Example { class: Class::OutOfScope, lang: Lang::first(), text: "cuenta un chiste" }])
            .collect()
    }

    fn model() -> Model {
        Model::train(2, &examples(), &[], Glossary::default())
    }

    #[test]
    fn a_text_like_an_entrys_phrasings_is_that_entry() {
        let understood = model().understand("mi carnet", None);
        assert_eq!(understood.ranked.first().map(|(entry, _)| *entry), Some(0));
        assert_eq!(understood.ranked.len(), 2);
    }

    #[test]
    fn the_same_examples_make_the_same_model() {
        assert_eq!(model().understand("cesfam", None).ranked, model().understand("cesfam", None).ranked);
    }

    #[test]
    fn an_explanation_names_the_words_that_spoke_for_the_entry() {
        let explanation = model().explain("mi carnet", None);
        assert!(explanation.reasons[0].features.iter().any(|(name, _)| name == "\"carnet\""));
    }

    #[test]
    fn a_talk_about_an_entry_that_is_gone_is_no_talk() {
        let before = Before { entry: 9, words: "x", related: &[7] };
        assert_eq!(model().understand("carnet", Some(&before)).ranked, model().understand("carnet", None).ranked);
    }
}
