//! Gaps: what people asked and found no answer to, without what is personal and without any link to a chat.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::statistics::feedback::fnv;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;

/// Longest words of a gap, in characters.
pub const LONGEST_UNANSWERED: usize = 300;
/// So many new gaps are taken on a day, of everybody together: what staff read is not filled by whoever writes nonsense.
pub const MOST_A_DAY: i64 = 500;
/// So many of them from one chat, or from one network on the web.
pub const MOST_OF_ONE: i64 = 20;

/// A question without an answer, or with one that was of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnansweredWords {
    /// The language of the words.
    pub lang: Lang,
    /// The entry that was answered and was of no use, where there was one.
    pub entry: Option<EntryKey>,
    /// The words.
    pub words: Redacted,
}

impl UnansweredWords {
    /// Its name, made of what it says: the same words in the same language under the same entry are the same gap, whatever
    /// their capitals and signs. 16 hexadecimal digits.
    pub fn id(&self) -> String {
        let words: String = self.words.as_str().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let entry = self.entry.as_ref().map_or("", EntryKey::as_str);
        format!("{:016x}", fnv(&[self.lang.code(), entry, &words]))
    }
}

/// What was done about a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnansweredState {
    /// Nothing yet.
    Open,
    /// Its words went into a draft of an entry. Asked again in a later week, it is open again.
    Taught,
    /// A new entry was begun for it. Asked again in a later week, it is open again.
    Written,
    /// It is none of the municipality's business, and stays closed however often it is asked.
    NotForUs,
}

impl UnansweredState {
    /// All states.
    pub const ALL: [UnansweredState; 4] =
        [UnansweredState::Open, UnansweredState::Taught, UnansweredState::Written, UnansweredState::NotForUs];

    /// Its name where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            UnansweredState::Open => "open",
            UnansweredState::Taught => "taught",
            UnansweredState::Written => "written",
            UnansweredState::NotForUs => "not-for-us",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<UnansweredState> {
        UnansweredState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// The Monday of a day's week: gaps are not kept more exactly.
pub fn week_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_days_of_a_week_are_its_monday() {
        let monday: NaiveDate = "2026-11-23".parse().unwrap();
        assert!((0..7).all(|n| week_of(monday + Days::new(n)) == monday));
        assert_ne!(week_of(monday + Days::new(7)), monday);
    }
}
