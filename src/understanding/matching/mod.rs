//! Finds the entries that answer a text: a classifier trained on the entries' phrasings, with a calibrated verdict.
//!
//! How it works: a text becomes a sparse vector of features (words, word pairs, letter groups, concepts of the
//! glossary), which count more if they are rare and occur in few classes (`features`, `vocabulary`, `weights`).
//! Logistic regression turns the vector into a probability of each class: every entry, out of scope, each kind of small
//! talk, and follow-ups (`linear`, or `sparse_linear` for very many entries). In a talk the last answer shifts the
//! probabilities (`context`). Thresholds turn them into a verdict: answer, offer several entries, small talk, or
//! nothing (`verdict`). The same examples always give the same model.

mod compact;
mod context;
mod examples;
mod explain;
mod features;
mod glossary;
mod keys;
mod linear;
mod model;
mod phonetic;
mod random;
mod schedule;
mod scorer;
mod similarity;
mod sparse_linear;
mod vectors;
mod verdict;
mod vocabulary;
mod weights;

pub use self::examples::own_examples;
pub use self::explain::{Explanation, Reasons};
pub use self::glossary::Glossary;
pub use self::model::{Model, Understanding};
pub use self::similarity::Makeup;
pub use self::verdict::Verdict;

use crate::domain::people::small_talk::SmallTalk;
use crate::domain::text::lang::Lang;

/// The class of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The entry with this index.
    Entry(usize),
    /// No entry answers it.
    OutOfScope,
    /// Small talk, which gets a friendly reply and no entry.
    SmallTalk(SmallTalk),
    /// A follow-up, which makes sense only after other words: "and how much is it?".
    FollowUp,
}

/// The index of a class in the model: entries, out of scope, kinds of small talk, follow-ups.
fn class_place(class: Class, entries: usize) -> usize {
    match class {
        Class::Entry(entry) => entry,
        Class::OutOfScope => entries,
        Class::SmallTalk(kind) => entries + 1 + kind as usize,
        Class::FollowUp => entries + 1 + SmallTalk::ALL.len(),
    }
}

/// A phrasing to train on.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// Its class.
    pub class: Class,
    /// Its language.
    pub lang: Lang,
    /// The text as written.
    pub text: &'a str,
}

/// An entry's published text in one language, used as weak examples.
#[derive(Debug, Clone, Copy)]
pub struct EntryText<'a> {
    /// The index of the entry.
    pub entry: usize,
    /// The language of the text.
    pub lang: Lang,
    /// The published question.
    pub question: &'a str,
    /// The published answer.
    pub answer: &'a str,
}

/// The context of a text in a talk.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The last answered entry.
    pub entry: usize,
    /// The person's words that it answered.
    pub words: &'a str,
    /// The related entries of that entry.
    pub related: &'a [usize],
}
