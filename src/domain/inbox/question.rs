//! Questions that people leave for staff: their lines, their claim, and how long they are kept.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;

/// Retention period of an open question, and of the address for its answer.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// A claim without activity ends after this time: colleagues can claim the question, and the bot answers again.
pub const CLAIM: TimeDelta = TimeDelta::hours(12);
/// Longest text of a line, in characters.
pub const LONGEST_LINE: usize = 2000;
/// Most subscriptions of one chat at a time.
pub const MOST_SUBSCRIPTIONS: usize = 3;

/// The id of a question: 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionId(String);

/// A text that is not the id of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionIdError;

impl QuestionId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The short form that staff use among themselves: the first six digits.
    pub fn short(&self) -> &str {
        &self.0[..6]
    }
}

impl FromStr for QuestionId {
    type Err = QuestionIdError;

    fn from_str(text: &str) -> Result<QuestionId, QuestionIdError> {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if text.len() == 32 && digits { Ok(QuestionId(text.to_owned())) } else { Err(QuestionIdError) }
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The state of a chat's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handoff {
    /// Nobody has claimed it; the bot answers meanwhile.
    Waiting,
    /// Somebody is answering it; the bot keeps silent.
    Claimed,
}

impl Handoff {
    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Handoff::Waiting => "waiting",
            Handoff::Claimed => "claimed",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Handoff> {
        [Handoff::Waiting, Handoff::Claimed].into_iter().find(|handoff| handoff.name() == name)
    }
}

/// One message about a question, from the person or from staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its author.
    pub by: Speaker,
    /// The words per language; if there are two, the person's language comes first.
    pub words: Vec<(Lang, String)>,
    /// When it was written, in seconds since 1970.
    pub at: i64,
}

/// The author of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// The person who asks.
    Person,
    /// A member of staff, by the name that people see.
    Staff(String),
}

/// The person's newest words; empty if there are none.
pub fn newest_words(lines: &[Line]) -> &str {
    let said = lines.iter().rev().find(|line| line.by == Speaker::Person);
    said.and_then(|line| line.words.first()).map_or("", |(_, words)| words)
}

/// An open question without its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The person's language.
    pub lang: Lang,
    /// The municipality whose staff answers it; `None` if the person chose none.
    pub municipality: Option<MunicipalityKey>,
    /// The id of the account that has claimed it.
    pub claimed_by: Option<String>,
    /// When it was left, in seconds since 1970.
    pub created_at: i64,
    /// When it was first answered, in seconds since 1970.
    pub first_answer_at: Option<i64>,
    /// Whether its words indicate danger: such questions come first.
    pub danger: bool,
}

/// How long a person waited for the first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// Less than an hour.
    Hour,
    /// One hour to less than four hours.
    FourHours,
    /// Four hours to less than a day.
    Day,
    /// One day to less than three days.
    ThreeDays,
    /// Three days or longer.
    Longer,
}

impl Wait {
    /// All of them, the shortest first.
    pub const ALL: [Wait; 5] = [Wait::Hour, Wait::FourHours, Wait::Day, Wait::ThreeDays, Wait::Longer];

    /// The range of this number of seconds.
    pub fn of(seconds: i64) -> Wait {
        match seconds {
            ..3_600 => Wait::Hour,
            3_600..14_400 => Wait::FourHours,
            14_400..86_400 => Wait::Day,
            86_400..259_200 => Wait::ThreeDays,
            259_200.. => Wait::Longer,
        }
    }

    /// Its name in counters.
    pub fn name(self) -> &'static str {
        match self {
            Wait::Hour => "under-1h",
            Wait::FourHours => "under-4h",
            Wait::Day => "under-1d",
            Wait::ThreeDays => "under-3d",
            Wait::Longer => "longer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_named_by_thirty_two_digits() {
        let id = "0123456789abcdef0123456789abcdef";
        assert_eq!(id.parse::<QuestionId>().map(|id| id.to_string()), Ok(id.to_owned()));
        for other in ["", "0123", "0123456789ABCDEF0123456789abcdef", "../../etc/passwd/aaaaaaaaaaaaaaa"] {
            assert_eq!(other.parse::<QuestionId>(), Err(QuestionIdError), "{other}");
        }
    }

    #[test]
    fn a_wait_is_counted_in_the_first_span_that_holds_it() {
        assert_eq!([0, 3_599].map(Wait::of), [Wait::Hour; 2]);
        assert_eq!([3_600, 14_400, 86_400, 259_200].map(Wait::of), Wait::ALL[1..]);
    }

    #[test]
    fn a_handoff_keeps_its_name() {
        for handoff in [Handoff::Waiting, Handoff::Claimed] {
            assert_eq!(Handoff::parse(handoff.name()), Some(handoff));
        }
    }
}
