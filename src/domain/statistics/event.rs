//! Events: facts about a turn, out of which the daily counters are made.

use chrono::{Datelike, NaiveDate};

use super::feedback::{Complaint, Revision};
use crate::domain::inbox::question::Wait;
use crate::domain::people::chat::Door;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::Danger;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;
use crate::domain::unanswered::group::UnansweredWords;

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
    Message {
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
        /// Which revision of the text.
        revision: Revision,
    },
    /// What was wrong with an answer.
    Complained {
        /// Which answer.
        entry: EntryKey,
        /// In which language.
        lang: Lang,
        /// What was wrong.
        complaint: Complaint,
    },
    /// Words for which there was no answer, or none of use.
    Unanswered(UnansweredWords),
    /// Somebody chose a language.
    LanguageChosen(Lang),
    /// Everything of a chat is to be erased.
    Forgotten,
    /// What was said about a discreet matter is to be taken back.
    Retracted,
    /// A question was left for a person.
    QuestionLeft {
        /// In which language.
        lang: Lang,
        /// Whose it is to answer.
        municipality: Option<MunicipalityKey>,
        /// What is asked.
        words: Redacted,
    },
    /// More words for the person who answers.
    QuestionContinued(Lang, Redacted),
    /// The question was taken back, or the talk with a person ended by the one who asked.
    QuestionTakenBack(Lang),
    /// A person has answered; how long the first answer took, where it was the first.
    PersonAnswered(Lang, Option<Wait>),
    /// The matter was closed by a person.
    QuestionClosed(Lang),
    /// Somebody wants to be told when there is an answer to this.
    Subscribed(Lang, Redacted),
    /// They were told.
    SubscriberNotified(Lang),
}

/// When, where and by what kind of chat a turn was taken: what it is counted under, besides what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The day, as it is here.
    pub day: NaiveDate,
    /// The hour of that day, from 0 to 23.
    pub hour: u32,
    /// The way in.
    pub door: Door,
    /// The language of the chat after the turn, where it has one.
    pub lang: Option<Lang>,
    /// The municipality that the person has chosen.
    pub municipality: Option<MunicipalityKey>,
    /// The day of the chat's turn before this one; nothing for its first.
    pub last_day: Option<NaiveDate>,
}

impl Occasion {
    /// Whether it is the chat's first turn on this day.
    pub fn opens_the_day(&self) -> bool {
        self.last_day.is_none_or(|last| last < self.day)
    }

    /// Whether it is the chat's first turn in this month.
    pub fn opens_the_month(&self) -> bool {
        let month = |day: NaiveDate| (day.year(), day.month());
        self.last_day.is_none_or(|last| month(last) < month(self.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_turn_of_a_day_and_of_a_month_is_told_from_the_day_of_the_turn_before() {
        let on = |last: Option<&str>, day: &str| Occasion {
            day: day.parse().unwrap(),
            hour: 0,
            door: Door::Web,
            lang: None,
            municipality: None,
            last_day: last.map(|last| last.parse().unwrap()),
        };
        let opens = |occasion: Occasion| (occasion.opens_the_day(), occasion.opens_the_month());
        assert_eq!(opens(on(None, "2026-11-24")), (true, true));
        assert_eq!(opens(on(Some("2026-11-24"), "2026-11-24")), (false, false));
        assert_eq!(opens(on(Some("2026-11-01"), "2026-11-24")), (true, false));
        assert_eq!(opens(on(Some("2025-11-24"), "2026-11-24")), (true, true));
        // Clocks of replicas may differ by a second at midnight: nothing is counted twice for it.
        assert_eq!(opens(on(Some("2026-12-01"), "2026-11-30")), (false, false));
    }
}
