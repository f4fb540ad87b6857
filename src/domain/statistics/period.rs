//! Periods: the days of a report, and the period before it for comparison.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Longest period in days: a leap year.
pub const LONGEST_PERIOD: u64 = 366;

/// A range of days, both ends included; at most [`LONGEST_PERIOD`] days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// The days from `from` to `to`; `None` if they are in the wrong order or too many.
    pub fn between(from: NaiveDate, to: NaiveDate) -> Option<Period> {
        let period = Period { from, to };
        (from <= to && period.len() <= LONGEST_PERIOD).then_some(period)
    }

    /// The last `days` days, today included; clamped to 1 to [`LONGEST_PERIOD`].
    pub fn last(days: u64, today: NaiveDate) -> Period {
        let back = Days::new(days.clamp(1, LONGEST_PERIOD) - 1);
        Period { from: today.checked_sub_days(back).unwrap_or(today), to: today }
    }

    /// The whole month of this day.
    pub fn month_of(day: NaiveDate) -> Period {
        let from = day.with_day(1).unwrap_or(day);
        let to = from.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(day);
        Period { from, to }
    }

    /// Reads a month written as `YYYY-MM`.
    pub fn parse_month(text: &str) -> Option<Period> {
        let whole = text.len() == 7 && text.is_ascii();
        whole.then(|| format!("{text}-01").parse().ok())?.map(Period::month_of)
    }

    /// Its first day.
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// Its last day.
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// The number of its days.
    #[expect(clippy::len_without_is_empty, reason = "a period has at least one day")]
    pub fn len(&self) -> u64 {
        (self.to - self.from).num_days().unsigned_abs() + 1
    }

    /// Its month as `YYYY-MM`; `None` if it is not a whole month.
    pub fn month(&self) -> Option<String> {
        (Period::month_of(self.from) == *self).then(|| self.from.format("%Y-%m").to_string())
    }

    /// The period before: for a month the month before, for others the same number of days.
    pub fn before(&self) -> Period {
        let to = self.from.pred_opt().unwrap_or(self.from);
        if self.month().is_some() { Period::month_of(to) } else { Period::last(self.len(), to) }
    }

    /// Whether its last day is before `today`.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.to < today
    }

    /// Its days in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let to = self.to;
        self.from.iter_days().take_while(move |day| *day <= to)
    }

    /// How often this day of the week occurs in it.
    pub fn weekdays(&self, weekday: Weekday) -> usize {
        self.days().filter(|day| day.weekday() == weekday).count()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month() {
            Some(month) => f.write_str(&month),
            None => write!(f, "{}_{}", self.from, self.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_period_before_a_month_is_a_month_and_before_other_days_as_many_days() {
        let march = Period::parse_month("2028-03").unwrap();
        assert_eq!((march.before().from(), march.before().to()), (day("2028-02-01"), day("2028-02-29")));
        let january = Period::parse_month("2026-01").unwrap();
        assert_eq!(january.before(), Period::parse_month("2025-12").unwrap());
        let week = Period::last(7, day("2026-11-24"));
        assert_eq!((week.before().from(), week.before().to()), (day("2026-11-11"), day("2026-11-17")));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["2026-13", "2026-00", "2026-1", "2026-11-24", "", "noviemb", "2026-1é"] {
            assert_eq!(Period::parse_month(text), None, "{text}");
        }
        assert_eq!(Period::between(day("2026-02-01"), day("2026-01-01")), None);
        assert_eq!(Period::between(day("2026-01-01"), day("2027-01-02")), None);
        assert_eq!(Period::between(day("2026-01-01"), day("2027-01-01")).unwrap().len(), LONGEST_PERIOD);
    }

    #[test]
    fn a_period_knows_its_days_and_whether_it_is_over() {
        let november = Period::parse_month("2026-11").unwrap();
        assert_eq!(november.days().count() as u64, november.len());
        assert_eq!((november.weekdays(Weekday::Mon), november.weekdays(Weekday::Tue)), (5, 4));
        assert!(!november.is_over(day("2026-11-30")) && november.is_over(day("2026-12-01")));
        assert_eq!(
            (november.to_string(), Period::last(1, day("2026-11-24")).to_string()),
            ("2026-11".into(), "2026-11-24_2026-11-24".into())
        );
    }
}
