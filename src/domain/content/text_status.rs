//! The status of a text in one language: what people read, and whether its verification is due.

use chrono::{NaiveDate, TimeDelta};

/// How long before its end a verification is due soon.
pub const SOON: TimeDelta = TimeDelta::days(30);

/// What people read of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextStatus {
    /// Nothing: there is no text in this language.
    Missing,
    /// The text.
    Published,
    /// The text, with a notice that another language says more.
    Outdated,
    /// The reason of its withdrawal.
    Withdrawn,
}

impl TextStatus {
    /// The status of a text that exists.
    pub fn of(is_withdrawn: bool, is_outdated: bool) -> TextStatus {
        match (is_withdrawn, is_outdated) {
            (true, _) => TextStatus::Withdrawn,
            (false, true) => TextStatus::Outdated,
            (false, false) => TextStatus::Published,
        }
    }
}

/// Whether a text has to be verified again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Due {
    /// It was never verified.
    Never,
    /// Its verification lasts longer than [`SOON`].
    Fine,
    /// Its verification ends within [`SOON`].
    Soon,
    /// Its verification has ended.
    Late,
}

impl Due {
    /// The state of a verification that lasts until this day.
    pub fn of(until: Option<NaiveDate>, today: NaiveDate) -> Due {
        match until {
            None => Due::Never,
            Some(until) if until < today => Due::Late,
            Some(until) if until <= today + SOON => Due::Soon,
            Some(_) => Due::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_due_soon_for_thirty_days_and_late_after_its_day() {
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        let due = |days: i64| Due::of(Some(today + TimeDelta::days(days)), today);
        assert_eq!([due(-1), due(0), due(30), due(31)], [Due::Late, Due::Soon, Due::Soon, Due::Fine]);
        assert_eq!(Due::of(None, today), Due::Never);
    }
}
