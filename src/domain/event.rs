//! Events: facts about a turn, out of which the daily counters are made.

use super::danger::Danger;
use super::id::{EntryKey, MunicipalityKey, OfficeKey, TopicKey};
use super::lang::Lang;
use super::question::Wait;
use super::small_talk::SmallTalk;
use super::stripped::Stripped;

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

impl Event {
    /// Whether a person has to hear of it: a question was left, or more was said about it.
    pub fn is_for_a_person(&self) -> bool {
        matches!(self, Event::QuestionLeft { .. } | Event::QuestionContinued(..))
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
    /// A question was left for a person.
    QuestionLeft {
        /// In which language.
        lang: Lang,
        /// Whose it is to answer.
        municipality: Option<MunicipalityKey>,
        /// What is asked.
        words: Stripped,
    },
    /// More words for the person who answers.
    QuestionContinued(Lang, Stripped),
    /// The question was taken back, or the talk with a person ended by the one who asked.
    QuestionTakenBack(Lang),
    /// A person has answered; how long the first answer took, where it was the first.
    PersonAnswered(Lang, Option<Wait>),
    /// The matter was closed by a person.
    QuestionClosed(Lang),
    /// Somebody wants to be told when there is an answer to this.
    WishLeft(Lang, Stripped),
    /// They were told.
    WishGranted(Lang),
}
