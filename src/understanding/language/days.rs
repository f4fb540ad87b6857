//! The day that a message names: "today", "tomorrow" or a weekday, in any language.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::words;
use crate::domain::text::lang::Lang;

/// A day as a person names it; which date it is depends on where the office is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedDay {
    /// The present day.
    Today,
    /// The day after.
    Tomorrow,
    /// The next such weekday, today included.
    Weekday(Weekday),
}

/// The folded words of every name of a day, in all languages.
static NAMES: LazyLock<Vec<(Vec<String>, NamedDay)>> = LazyLock::new(|| {
    let weekdays = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let of = |lang: Lang| {
        let about = lang.about();
        let today = about.today.iter().map(|name| (name, NamedDay::Today));
        let tomorrow = about.tomorrow.iter().map(|name| (name, NamedDay::Tomorrow));
        let on = about.weekdays.iter().zip(weekdays.map(NamedDay::Weekday));
        today.chain(tomorrow).chain(on).map(|(name, day)| (words(name, false), day))
    };
    Lang::all().flat_map(of).collect()
});

impl NamedDay {
    /// The day that a message names, the first one if there are several.
    pub fn of(message: &str) -> Option<NamedDay> {
        let said = words(message, false);
        (0..said.len()).find_map(|at| {
            let here = said.get(at..)?;
            let (_, day) = NAMES.iter().find(|(name, _)| here.starts_with(name))?;
            // Spanish "la mañana" is the morning.
            let is_morning = at.checked_sub(1).and_then(|before| said.get(before)).is_some_and(|before| before == "la");
            (!is_morning || *day != NamedDay::Tomorrow).then_some(*day)
        })
    }

    /// Its date, where today is this day.
    pub fn date(self, today: NaiveDate) -> NaiveDate {
        let ahead = match self {
            NamedDay::Today => 0,
            NamedDay::Tomorrow => 1,
            NamedDay::Weekday(day) => (day.num_days_from_monday() + 7 - today.weekday().num_days_from_monday()) % 7,
        };
        today + TimeDelta::days(i64::from(ahead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_in_each_language_without_accents_too() {
        use NamedDay::{Today, Tomorrow, Weekday as On};
        for (message, day) in [
            ("¿abren el sabado?", Some(On(Weekday::Sat))),
            ("atienden mañana por la mañana", Some(Tomorrow)),
            ("puedo ir en la mañana", None),
            ("eske yo louvri jodi a", Some(Today)),
            ("yo louvri madi?", Some(On(Weekday::Tue))),
            ("is it open on Saturday or Sunday", Some(On(Weekday::Sat))),
            ("cuanto cuesta", None),
        ] {
            assert_eq!(NamedDay::of(message), day, "{message}");
        }
    }

    #[test]
    fn a_weekday_is_the_next_one_and_may_be_today() {
        let monday = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        assert_eq!(NamedDay::Weekday(Weekday::Mon).date(monday), monday);
        assert_eq!(NamedDay::Weekday(Weekday::Sun).date(monday), monday + TimeDelta::days(6));
        assert_eq!(NamedDay::Tomorrow.date(monday), monday + TimeDelta::days(1));
    }
}
