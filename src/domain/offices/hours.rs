//! Opening hours in OpenStreetMap's syntax, with the public holidays of Chile.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use opening_hours::{Context, OpeningHours};
use thiserror::Error;

use super::holidays;
use crate::domain::text::id::MunicipalityKey;

/// A text that is not in OpenStreetMap's syntax for opening hours.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not in OpenStreetMap's opening_hours syntax, such as `Mo-Fr 08:30-14:00; PH off`")]
pub struct HoursError(String);

/// The opening hours of an office, in its local time.
#[derive(Clone)]
pub struct Hours {
    text: String,
    parsed: OpeningHours,
}

/// Whether an office is open at a moment, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Open until this time.
    Until(NaiveDateTime),
    /// Always open.
    Always,
    /// Closed until this time.
    Next(NaiveDateTime),
    /// Closed, and it does not open again.
    Never,
}

impl Hours {
    /// Parses hours such as `Mo-Fr 08:30-14:00; PH off`.
    pub fn parse(text: &str) -> Result<Hours, HoursError> {
        let parsed = text.parse::<OpeningHours>().map_err(|_| HoursError(text.to_owned()))?;
        let holidays = Context::default().with_holidays(holidays::of_the_country());
        Ok(Hours { text: text.to_owned(), parsed: parsed.with_context(holidays) })
    }

    /// The hours as they were written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same hours, with the municipality's own public holidays added to the country's.
    #[must_use]
    pub fn in_municipality(&self, municipality: &MunicipalityKey) -> Hours {
        let mut hours = self.clone();
        if let Some(own) = holidays::of_the_comuna(municipality) {
            hours.parsed = hours.parsed.with_context(Context::default().with_holidays(own));
        }
        hours
    }

    /// Whether it is open at this local time, and when that changes.
    pub fn at(&self, local: NaiveDateTime) -> Open {
        let open = self.parsed.is_open(local);
        match (open, self.opens_or_closes(local, open)) {
            (true, Some(change)) => Open::Until(change),
            (true, None) => Open::Always,
            (false, Some(change)) => Open::Next(change),
            (false, None) => Open::Never,
        }
    }

    /// From when until when it is open on this day, in order; midnight at the end of the day is 00:00.
    pub fn on(&self, day: NaiveDate) -> Vec<(NaiveTime, NaiveTime)> {
        let end = (day + TimeDelta::days(1)).and_time(NaiveTime::MIN);
        let (mut at, mut times) = (day.and_time(NaiveTime::MIN), Vec::new());
        while at < end {
            let open = self.parsed.is_open(at);
            let change = self.opens_or_closes(at, open).unwrap_or(end).min(end);
            if open {
                times.push((at.time(), change.time()));
            }
            at = change;
        }
        times
    }

    /// The next time at which it opens or closes; changes of a comment, or from "closed" to "unknown", do not count.
    fn opens_or_closes(&self, local: NaiveDateTime, open: bool) -> Option<NaiveDateTime> {
        let mut at = local;
        for _ in 0..100 {
            at = self.parsed.next_change(at)?;
            if self.parsed.is_open(at) != open {
                return Some(at);
            }
        }
        None
    }
}

impl PartialEq for Hours {
    fn eq(&self, other: &Hours) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn an_office_is_open_in_its_hours_and_says_when_it_opens_next() {
        let hours = Hours::parse("Mo-Fr 08:30-14:00; PH off").unwrap();
        assert_eq!(hours.at(at("2026-11-23T09:00:00")), Open::Until(at("2026-11-23T14:00:00")));
        assert_eq!(hours.at(at("2026-11-27T15:00:00")), Open::Next(at("2026-11-30T08:30:00")));
    }

    #[test]
    fn the_hours_of_a_day_are_told_and_a_closed_day_has_none() {
        let hours = Hours::parse("Mo-Fr 08:30-13:00,14:00-17:30; PH off").unwrap();
        let on = |day: &str| hours.on(day.parse().unwrap());
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        assert_eq!(on("2026-11-30"), [(time(8, 30), time(13, 0)), (time(14, 0), time(17, 30))]);
        assert_eq!((on("2026-12-05"), on("2026-12-08")), (vec![], vec![]), "a Saturday, a public holiday");
        assert_eq!(Hours::parse("24/7").unwrap().on("2026-12-05".parse().unwrap()), [(time(0, 0), time(0, 0))]);
    }

    #[test]
    fn chiles_public_holidays_are_closed() {
        let hours = Hours::parse("Mo-Fr 08:30-14:00; PH off").unwrap();
        // 8 December 2026, a Tuesday: Immaculate Conception.
        assert_eq!(hours.at(at("2026-12-08T09:00:00")), Open::Next(at("2026-12-09T08:30:00")));
        // 18 September 2026, a Friday: independence; the 19th is a Saturday.
        assert_eq!(hours.at(at("2026-09-18T09:00:00")), Open::Next(at("2026-09-21T08:30:00")));
    }

    #[test]
    fn an_office_is_closed_on_the_holidays_of_its_own_municipality() {
        let hours = Hours::parse("Mo-Fr 08:30-14:00; PH off").unwrap();
        // 7 June 2027, a Monday.
        let arica = hours.in_municipality(&"arica".parse().unwrap());
        assert_eq!(arica.at(at("2027-06-07T09:00:00")), Open::Next(at("2027-06-08T08:30:00")));
        let recoleta = hours.in_municipality(&"recoleta".parse().unwrap());
        assert_eq!(recoleta.at(at("2027-06-07T09:00:00")), Open::Until(at("2027-06-07T14:00:00")));
    }

    #[test]
    fn always_and_never_have_no_next_time() {
        assert_eq!(Hours::parse("24/7").unwrap().at(at("2026-01-01T00:00:00")), Open::Always);
        assert_eq!(Hours::parse("off").unwrap().at(at("2026-01-01T00:00:00")), Open::Never);
        assert!(Hours::parse("from nine to five").is_err());
    }
}
