//! Feedback: votes whether an answer was useful, and complaints about what was wrong with it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// What was wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Complaint {
    /// It answers another question.
    OtherQuestion,
    /// It cannot be understood.
    Unclear,
    /// It is wrong or out of date.
    Wrong,
}

impl Complaint {
    /// All complaints, in the order of their buttons.
    pub const ALL: [Complaint; 3] = [Complaint::OtherQuestion, Complaint::Unclear, Complaint::Wrong];

    /// Its name in counters.
    pub fn name(self) -> &'static str {
        match self {
            Complaint::OtherQuestion => "not-my-question",
            Complaint::Unclear => "not-clear",
            Complaint::Wrong => "wrong-or-old",
        }
    }
}

/// The revision of a text: a 16-bit hash of its words, so that the same words have the same revision in every database,
/// and changed words another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Revision(u16);

impl Revision {
    /// The revision of this question and answer: FNV-1a (Fowler, Noll, Vo), folded to 16 bits.
    pub fn of(question: &str, answer: &str) -> Revision {
        let hash = fnv(&[question, answer]);
        Revision((hash ^ (hash >> 16) ^ (hash >> 32) ^ (hash >> 48)) as u16)
    }
}

/// A vote that a chat may cast once: on an answer that it was given, or on what was wrong with it. The subject is
/// stored as a 32-bit hash, to keep the chat's memory small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    about: u32,
    is_cast: bool,
}

impl Ballot {
    /// The ballot "was this revision of an answer useful?".
    pub fn useful(entry: &EntryKey, lang: Lang, revision: Revision) -> Ballot {
        Ballot::about(&[entry.as_str(), lang.code(), &revision.to_string()])
    }

    /// The ballot "what was wrong with this answer?".
    pub fn wrong(entry: &EntryKey, lang: Lang) -> Ballot {
        Ballot::about(&[entry.as_str(), lang.code(), "wrong"])
    }

    fn about(texts: &[&str]) -> Ballot {
        let hash = fnv(texts);
        Ballot { about: (hash ^ (hash >> 32)) as u32, is_cast: false }
    }

    /// Whether both ballots have the same subject.
    pub fn is_like(self, other: Ballot) -> bool {
        self.about == other.about
    }

    /// Casts the vote; false if it was cast before.
    pub fn cast(&mut self) -> bool {
        !std::mem::replace(&mut self.is_cast, true)
    }
}

/// FNV-1a hash of the texts, 64 bits, the same on every machine.
pub(in crate::domain) fn fnv(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}", self.0)
    }
}

/// A text that is not a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevisionError;

impl FromStr for Revision {
    type Err = RevisionError;

    fn from_str(text: &str) -> Result<Revision, RevisionError> {
        u16::from_str_radix(text, 16).ok().filter(|_| text.len() == 4).map(Revision).ok_or(RevisionError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_are_another_revision_and_the_same_words_the_same() {
        let one = Revision::of("¿Cuánto?", "Nada.");
        assert_eq!(one, Revision::of("¿Cuánto?", "Nada."));
        assert_ne!(one, Revision::of("¿Cuánto?", "Mucho."));
        assert_ne!(one, Revision::of("¿Cuánto?Nada.", ""));
        assert_eq!(one.to_string().parse(), Ok(one));
        assert_eq!("12".parse::<Revision>(), Err(RevisionError));
    }
}
