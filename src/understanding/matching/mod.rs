//! Which entries answer a text: a classifier learned from the entries' phrasings, with a calibrated verdict.

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

/// What a phrasing is an example of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The entry at this place.
    Entry(usize),
    /// Something that no entry answers.
    OutOfScope,
    /// Words that want a friendly word back, and no entry.
    SmallTalk(SmallTalk),
    /// Words that only make sense after others: "and how much is it?".
    FollowUp,
}

/// The class's place among the model's: entries, out of scope, kinds of small talk, follow-ups.
fn class_place(class: Class, entries: usize) -> usize {
    match class {
        Class::Entry(entry) => entry,
        Class::OutOfScope => entries,
        Class::SmallTalk(kind) => entries + 1 + kind as usize,
        Class::FollowUp => entries + 1 + SmallTalk::ALL.len(),
    }
}

/// A phrasing that the model learns from.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// What it is an example of.
    pub class: Class,
    /// Its language.
    pub lang: Lang,
    /// As somebody wrote it.
    pub text: &'a str,
}

/// An entry's published words in one language: weak examples.
#[derive(Debug, Clone, Copy)]
pub struct EntryText<'a> {
    /// The entry's place.
    pub entry: usize,
    /// The texts' language.
    pub lang: Lang,
    /// The question as published.
    pub question: &'a str,
    /// The answer as published.
    pub answer: &'a str,
}

/// The talk so far.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The entry last answered.
    pub entry: usize,
    /// The person's words that it answered.
    pub words: &'a str,
    /// The entry's related entries.
    pub related: &'a [usize],
}
