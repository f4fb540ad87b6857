//! How a text in one language stands: what people read of it, what is being written, and whether it is due for a check.

use chrono::{NaiveDate, TimeDelta};

/// A check is announced so long before it is due.
pub const SOON: TimeDelta = TimeDelta::days(30);

/// What people read of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextStatus {
    /// Nothing.
    Missing,
    /// The text.
    Published,
    /// The text, with a notice that another language says more.
    Outdated,
    /// Why it was taken back.
    Withdrawn,
}

/// Whether somebody has to look at a text again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Due {
    /// Nobody has ever checked it.
    Never,
    /// It is checked, and not due soon.
    Fine,
    /// It is due within [`SOON`].
    Soon,
    /// It is past its day.
    Late,
}

impl Due {
    /// Whether a check until this day is due.
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
