//! Events: what happened in a turn; the daily counters are computed from them.

use chrono::{Datelike, NaiveDate};

use super::feedback::{Complaint, Revision};
use crate::domain::content::aspect::Aspect;
use crate::domain::inbox::question::Wait;
use crate::domain::people::chat::Door;
use crate::domain::people::request::Request;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::{Danger, Sign};
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;
use crate::domain::unanswered::group::UnansweredWords;

/// How a person's words led to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The words alone were understood.
    Asked,
    /// The words were understood together with the question before.
    FollowedUp,
}

/// The outcome of a message in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// One entry answered it.
    Answered(EntryKey, Way),
    /// Several entries were offered.
    Offered,
    /// No entry was found.
    NotUnderstood,
    /// Only a line of help was shown.
    HelpOnly,
    /// It was small talk, not a question.
    SmallTalk(SmallTalk),
    /// It was a request about the talk itself.
    Request(Request),
    /// It named a municipality, and its offices were shown.
    Offices,
}

impl Outcome {
    /// Its name in counters.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Answered(_, Way::Asked) => "answered",
            Outcome::Answered(_, Way::FollowedUp) => "followed-up",
            Outcome::Offered => "offered",
            Outcome::NotUnderstood => "not-understood",
            Outcome::HelpOnly => "help-only",
            Outcome::SmallTalk(_) => "small-talk",
            Outcome::Request(_) => "request",
            Outcome::Offices => "place-named",
        }
    }
}

impl Event {
    /// Whether staff have to be notified: a question was left, or continued.
    pub fn is_for_a_person(&self) -> bool {
        matches!(self, Event::QuestionLeft { .. } | Event::QuestionContinued(..))
    }
}

/// Something that happened in a turn. It is never a command, and never says who the person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A chat sent its first message.
    ChatBegan,
    /// A message in words.
    Message {
        /// The language of the words.
        lang: Lang,
        /// The outcome.
        outcome: Outcome,
    },
    /// An offered or related question was chosen by its button.
    Chosen {
        /// The chosen entry.
        entry: EntryKey,
        /// The language of the answer.
        lang: Lang,
    },
    /// An answer was opened by a button.
    Opened {
        /// The opened entry.
        entry: EntryKey,
        /// The language of the answer.
        lang: Lang,
    },
    /// A part of an answer was shown.
    PartShown {
        /// The entry.
        entry: EntryKey,
        /// The aspect of the part.
        aspect: Aspect,
        /// The language of the answer.
        lang: Lang,
    },
    /// A part was asked for that the answer does not have.
    PartMissing {
        /// The entry.
        entry: EntryKey,
        /// The aspect that was asked for.
        aspect: Aspect,
        /// The language of the answer.
        lang: Lang,
    },
    /// The person said that none of the offered questions was right.
    NoneFitted(Lang),
    /// A topic was opened.
    TopicOpened(TopicKey, Lang),
    /// A line of help was shown: the whole one, or the quiet one.
    DangerShown(Sign, Lang),
    /// After the whole line of help the person went on about something else.
    DangerLeft(Danger, Lang),
    /// The list of offices was shown.
    OfficesShown(Option<MunicipalityKey>, Lang),
    /// One office was shown.
    OfficeShown(OfficeKey, Lang),
    /// A vote on "Was this useful?".
    Voted {
        /// The entry of the answer.
        entry: EntryKey,
        /// The language of the answer.
        lang: Lang,
        /// Whether it was useful.
        useful: bool,
        /// The revision of the text.
        revision: Revision,
    },
    /// A complaint about an answer.
    Complained {
        /// The entry of the answer.
        entry: EntryKey,
        /// The language of the answer.
        lang: Lang,
        /// The complaint.
        complaint: Complaint,
    },
    /// Words that found no answer, or an answer that was of no use.
    Unanswered(UnansweredWords),
    /// The person chose a language.
    LanguageChosen(Lang),
    /// The person asked to erase everything about the chat.
    Forgotten,
    /// The person asked to retract the messages about a discreet topic.
    Retracted,
    /// A question was left for staff.
    QuestionLeft {
        /// The person's language.
        lang: Lang,
        /// The municipality whose staff answers it.
        municipality: Option<MunicipalityKey>,
        /// The redacted words of the question.
        words: Redacted,
        /// Whether an alarm was shown in the same talk.
        danger: bool,
    },
    /// More words were added to the question.
    QuestionContinued(Lang, Redacted),
    /// The person withdrew the question, or ended the talk with staff.
    QuestionTakenBack(Lang),
    /// Staff answered; with the time that the person waited if it was the first answer.
    PersonAnswered(Lang, Option<Wait>),
    /// Staff closed the question.
    QuestionClosed(Lang),
    /// The person subscribed to an answer to these words.
    Subscribed(Lang, Redacted),
    /// The subscriber was notified.
    SubscriberNotified(Lang),
}

/// The circumstances of a turn, under which its events are counted: day, hour, door, language, municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The local day.
    pub day: NaiveDate,
    /// The hour of that day, 0 to 23.
    pub hour: u32,
    /// The door by which the message came.
    pub door: Door,
    /// The chat's language after the turn, if it has one.
    pub lang: Option<Lang>,
    /// The municipality that the person chose.
    pub municipality: Option<MunicipalityKey>,
    /// The day of the chat's previous turn; `None` for its first.
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
        // Replicas' clocks may differ by a second at midnight: nothing is counted twice for it.
        assert_eq!(opens(on(Some("2026-12-01"), "2026-11-30")), (false, false));
    }
}
