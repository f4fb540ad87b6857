//! Events: facts about a turn, out of which the daily counters are made.

use super::danger::Danger;
use super::id::{EntryKey, MunicipalityKey, OfficeKey, TopicKey};
use super::lang::Lang;
use super::small_talk::SmallTalk;

/// How a person came to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The words were understood.
    Asked,
    /// The words made sense with the question before.
    FollowedUp,
}

/// What became of words that were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// One entry answered them.
    Answered(EntryKey, Way),
    /// Several were offered.
    Offered,
    /// None was found.
    NotUnderstood,
    /// A line of help was all that could be said to them.
    HelpOnly,
    /// They were no question.
    SmallTalk(SmallTalk),
    /// They named a place, and its offices were shown.
    Offices,
}

impl Outcome {
    /// Its name, for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Answered(_, Way::Asked) => "answered",
            Outcome::Answered(_, Way::FollowedUp) => "followed-up",
            Outcome::Offered => "offered",
            Outcome::NotUnderstood => "not-understood",
            Outcome::HelpOnly => "help-only",
            Outcome::SmallTalk(_) => "small-talk",
            Outcome::Offices => "place-named",
        }
    }
}

/// A fact about a turn. Facts, never commands; none says who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody wrote for the first time.
    ChatBegan,
    /// Words came, in this language.
    Said {
        /// The language they were in.
        lang: Lang,
        /// What became of them.
        outcome: Outcome,
    },
    /// One of the questions that were offered, or a related one, was chosen by its button.
    Chosen {
        /// Which.
        entry: EntryKey,
        /// In which language.
        lang: Lang,
    },
    /// An answer was opened by a button.
    Opened {
        /// Which.
        entry: EntryKey,
        /// In which language.
        lang: Lang,
    },
    /// None of the offered questions was the right one.
    NoneFitted(Lang),
    /// A topic was opened.
    TopicOpened(TopicKey, Lang),
    /// A line of help was put first.
    DangerShown(Danger, Lang),
    /// Offices were looked for.
    OfficesShown(Option<MunicipalityKey>, Lang),
    /// One office was looked at.
    OfficeShown(OfficeKey, Lang),
    /// "Was this useful?"
    Voted {
        /// Which answer.
        entry: EntryKey,
        /// In which language.
        lang: Lang,
        /// Yes or no.
        useful: bool,
    },
    /// Somebody chose a language.
    LanguageChosen(Lang),
    /// Everything of a chat is to be erased.
    Forgotten,
    /// What was said about a discreet matter is to be taken back.
    Hushed,
}
