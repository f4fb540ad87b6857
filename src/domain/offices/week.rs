//! Opening hours that a form can express: a week, public holidays, and special days with other hours.

use chrono::{Datelike, NaiveDate};

use crate::domain::text::plain;

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// Most ranges of opening on one day: before and after lunch.
pub const MOST_RANGES: usize = 2;
/// Longest note about special days, in characters.
pub const LONGEST_NOTE: usize = 80;
/// The years in which special days may be.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A range of time within a day, in minutes since midnight; 1440 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    from: u16,
    to: u16,
}

impl Range {
    /// A range; `None` unless it ends after it begins, within one day.
    pub fn new(from: u16, to: u16) -> Option<Range> {
        (from < to && to <= DAY).then_some(Range { from, to })
    }

    /// Its begin, in minutes since midnight.
    pub fn from(self) -> u16 {
        self.from
    }

    /// Its end, in minutes since midnight.
    pub fn to(self) -> u16 {
        self.to
    }

    /// Whether it is the whole day.
    pub fn is_whole_day(self) -> bool {
        (self.from, self.to) == (0, DAY)
    }
}

/// The opening times of a day: none, one or two ranges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenDay(Vec<Range>);

impl OpenDay {
    /// A day with at most [`MOST_RANGES`] ranges, in order and with time between them.
    pub fn new(ranges: Vec<Range>) -> Option<OpenDay> {
        let apart = ranges.windows(2).all(|pair| pair[0].to < pair[1].from);
        (apart && ranges.len() <= MOST_RANGES).then_some(OpenDay(ranges))
    }

    /// Its ranges in order.
    pub fn ranges(&self) -> &[Range] {
        &self.0
    }

    /// Whether it is closed all day.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }
}

/// A range of days with other hours than the week: closed, or open at other times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDays {
    from: NaiveDate,
    to: NaiveDate,
    /// The opening times of each of these days.
    pub open: OpenDay,
    note: String,
}

impl SpecialDays {
    /// A range of days; `None` if it ends before it begins. Double quotes in the note become single ones, because the
    /// syntax of hours uses them.
    pub fn new(from: NaiveDate, to: NaiveDate, open: OpenDay, note: &str) -> Option<SpecialDays> {
        let years = YEARS.contains(&from.year()) && YEARS.contains(&to.year());
        let plain = plain::line(note);
        let note: String = plain.chars().map(|c| if c == '"' { '\'' } else { c }).take(LONGEST_NOTE).collect();
        (from <= to && years).then(|| SpecialDays { from, to, open, note: note.trim().to_owned() })
    }

    /// The first day.
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day.
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// The reason; may be empty.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// The sort key: by first day, and a longer range before a shorter one.
    fn order(&self) -> (NaiveDate, std::cmp::Reverse<NaiveDate>) {
        (self.from, std::cmp::Reverse(self.to))
    }
}

/// The hours of an office, as far as a form can express them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week {
    days: [OpenDay; 7],
    closed_on_holidays: bool,
    special: Vec<SpecialDays>,
}

impl Week {
    /// A week, Monday first. Special days are sorted; if two ranges cover the same day, the later one in this order
    /// counts.
    pub fn new(days: [OpenDay; 7], closed_on_holidays: bool, mut special: Vec<SpecialDays>) -> Week {
        special.sort_by_key(SpecialDays::order);
        Week { days, closed_on_holidays, special }
    }

    /// The days of the week, Monday first.
    pub fn days(&self) -> &[OpenDay; 7] {
        &self.days
    }

    /// Whether it is closed on public holidays.
    pub fn is_closed_on_holidays(&self) -> bool {
        self.closed_on_holidays
    }

    /// The special days in order.
    pub fn special(&self) -> &[SpecialDays] {
        &self.special
    }

    /// Whether it has no opening times, and no special days.
    pub fn is_blank(&self) -> bool {
        self.days.iter().all(OpenDay::is_closed) && self.special.is_empty()
    }

    /// Removes special days that ended before `today`.
    #[must_use]
    pub fn without_past(mut self, today: NaiveDate) -> Week {
        self.special.retain(|days| days.to >= today);
        self
    }

    /// Groups open days with the same hours, in the order of the week; days are numbered from 0 for Monday.
    pub fn groups(&self) -> Vec<(Vec<usize>, &OpenDay)> {
        let mut groups: Vec<(Vec<usize>, &OpenDay)> = Vec::new();
        for (number, day) in self.days.iter().enumerate().filter(|(_, day)| !day.is_closed()) {
            match groups.iter_mut().find(|(_, known)| *known == day) {
                Some((numbers, _)) => numbers.push(number),
                None => groups.push((vec![number], day)),
            }
        }
        groups
    }
}

/// Consecutive numbers as ranges of first and last: 0 1 2 4 becomes 0–2, 4–4.
pub fn runs(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            Some(_) | None => runs.push((*number, *number)),
        }
    }
    runs
}

/// Reads a time such as `8:30`, `08:30` or `24:00` as minutes since midnight.
pub fn read_time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) || !(1..=2).contains(&hours.len()) || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: u16, to: u16) -> Range {
        Range::new(from, to).unwrap()
    }

    #[test]
    fn a_day_opens_at_most_twice_and_closes_in_between() {
        assert!(OpenDay::new(vec![range(480, 720), range(780, 1020)]).is_some());
        assert!(OpenDay::new(vec![range(480, 720), range(720, 1020)]).is_none(), "nothing lies between");
        assert!(OpenDay::new(vec![range(780, 1020), range(480, 720)]).is_none(), "out of order");
        assert!(Range::new(720, 720).is_none() && Range::new(0, 1441).is_none() && Range::new(900, 800).is_none());
    }

    #[test]
    fn special_days_are_dropped_after_their_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let special = SpecialDays::new(day("2026-11-20"), day("2026-11-23"), OpenDay::default(), "a \"b\"\n").unwrap();
        assert_eq!(special.note(), "a 'b'");
        let week = Week::new(Default::default(), true, vec![special]);
        assert_eq!(week.clone().without_past(day("2026-11-23")), week);
        assert_eq!(week.without_past(day("2026-11-24")).special(), []);
        assert!(SpecialDays::new(day("2026-11-24"), day("2026-11-23"), OpenDay::default(), "").is_none());
        assert!(SpecialDays::new(day("1999-11-24"), day("2026-11-23"), OpenDay::default(), "").is_none());
    }

    #[test]
    fn numbers_that_follow_each_other_are_one_run() {
        assert_eq!(runs(&[0, 1, 2, 4, 6]), [(0, 2), (4, 4), (6, 6)]);
        assert_eq!(runs(&[]), []);
    }
}
