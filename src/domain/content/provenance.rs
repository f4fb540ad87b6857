//! Provenance: which source a part rests on, when that source was read, and how certain it is.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::text::id::SourceKey;

/// Where the facts of a part come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The source in the register.
    pub source: SourceKey,
    /// When the source was read, or its own date if that is earlier.
    pub seen: Seen,
    /// How certain the least certain statement of the part is.
    pub certainty: Certainty,
}

/// How certain a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Certainty {
    /// The text of the law or the agency's own page was read.
    A,
    /// Several pages, or one good page.
    B,
    /// General knowledge: the part says where to ask.
    C,
}

impl Certainty {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::A => "A",
            Certainty::B => "B",
            Certainty::C => "C",
        }
    }
}

/// When a source was read: a month, a year, or undated (`nd`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Seen {
    /// The source has no date.
    Undated,
    /// The year.
    Year(i32),
    /// Year and month, 1 to 12.
    Month(i32, u32),
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seen::Undated => f.write_str("nd"),
            Seen::Year(year) => write!(f, "{year}"),
            Seen::Month(year, month) => write!(f, "{year}-{month:02}"),
        }
    }
}

impl From<Seen> for String {
    fn from(seen: Seen) -> String {
        seen.to_string()
    }
}

impl TryFrom<String> for Seen {
    type Error = SeenError;

    fn try_from(text: String) -> Result<Seen, SeenError> {
        text.parse()
    }
}

impl FromStr for Seen {
    type Err = SeenError;

    fn from_str(text: &str) -> Result<Seen, SeenError> {
        let year = |text: &str| text.parse().ok().filter(|_| text.len() == 4);
        match text.split_once('-') {
            None if text == "nd" => Some(Seen::Undated),
            None => year(text).map(Seen::Year),
            Some((before, month)) => year(before)
                .zip(month.parse().ok().filter(|_| month.len() == 2))
                .filter(|(year, month)| NaiveDate::from_ymd_opt(*year, *month, 1).is_some())
                .map(|(year, month)| Seen::Month(year, month)),
        }
        .ok_or_else(|| SeenError(text.to_owned()))
    }
}

/// A text that is not a month, a year or `nd`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not when a source was read: write 2026-03, 2026 or nd")]
pub struct SeenError(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_a_source_was_read_is_a_month_a_year_or_undated() {
        for text in ["2026-03", "2024", "nd"] {
            assert_eq!(text.parse::<Seen>().unwrap().to_string(), text);
        }
        for text in ["", "2026-13", "26-03", "2026-3", "March 2026", "2026-03-01"] {
            assert!(text.parse::<Seen>().is_err(), "{text}");
        }
    }
}
