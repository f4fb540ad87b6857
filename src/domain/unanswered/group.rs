//! Unanswered words: redacted words that found no answer, without a link to a chat. The table is called `gaps`.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::statistics::feedback::fnv;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;

/// Longest unanswered words, in characters.
pub const LONGEST_UNANSWERED: usize = 300;
/// Most new unanswered words a day, from all chats together, so that nonsense cannot fill the list that staff read.
pub const MOST_A_DAY: i64 = 500;
/// Most new unanswered words a day from one chat or, on the web, from one network.
pub const MOST_OF_ONE: i64 = 20;

/// Words that found no answer, or an answer that was of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnansweredWords {
    /// The language of the words.
    pub lang: Lang,
    /// The entry whose answer was of no use, if there was one.
    pub entry: Option<EntryKey>,
    /// The redacted words.
    pub words: Redacted,
}

impl UnansweredWords {
    /// Its id, a hash of language, entry and words: 16 hexadecimal digits. Case, spaces and punctuation do not count,
    /// so the same words have the same id.
    pub fn id(&self) -> String {
        let words: String = self.words.as_str().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let entry = self.entry.as_ref().map_or("", EntryKey::as_str);
        format!("{:016x}", fnv(&[self.lang.code(), entry, &words]))
    }
}

/// What staff did about a group of unanswered words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnansweredState {
    /// Nothing yet.
    Open,
    /// Its words went into a draft of an entry. It opens again if the words are asked in a later week.
    Taught,
    /// A new entry was begun for it. It opens again if the words are asked in a later week.
    Written,
    /// Not the municipality's business. It stays closed, however often the words are asked.
    NotForUs,
}

impl UnansweredState {
    /// All states.
    pub const ALL: [UnansweredState; 4] =
        [UnansweredState::Open, UnansweredState::Taught, UnansweredState::Written, UnansweredState::NotForUs];

    /// Its name in the database.
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

/// The Monday of a day's week: only the week of unanswered words is stored.
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
