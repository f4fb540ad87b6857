//! Chile's public holidays: `starter/holidays.tsv` for the years it covers, the calendar of `opening-hours` for others.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, NaiveDate};
use opening_hours::ContextHolidays;
use opening_hours::localization::Country;

use crate::domain::text::id::MunicipalityKey;

/// The table; its first lines name its sources.
const TABLE: &str = include_str!("../../../starter/holidays.tsv");

#[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::read(TABLE).expect("starter/holidays.tsv"));

/// The calendars of the country and of the comunas with holidays of their own.
struct Calendars {
    country: ContextHolidays,
    /// By code and by key of the comuna; each includes the country's holidays.
    comunas: HashMap<String, ContextHolidays>,
}

/// The kinds of days in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Civil,
    Religious,
    Bank,
    Election,
}

impl Kind {
    fn parse(name: &str) -> Option<Kind> {
        match name {
            "civil" => Some(Kind::Civil),
            "religious" => Some(Kind::Religious),
            "bank" => Some(Kind::Bank),
            "election" => Some(Kind::Election),
            _ => None,
        }
    }

    fn closes_offices(self) -> bool {
        match self {
            Kind::Civil | Kind::Religious => true,
            Kind::Bank | Kind::Election => false,
        }
    }
}

/// A row of the table.
struct Day<'t> {
    date: NaiveDate,
    kind: Kind,
    /// Codes and keys of the comunas that have the day; empty if the whole country has it.
    comunas: Vec<&'t str>,
}

impl<'t> Day<'t> {
    fn read(line: &'t str) -> Option<Day<'t>> {
        let mut cells = line.split('\t');
        let (date, kind, comunas) = (cells.next()?, cells.next()?, cells.next()?);
        let comunas = comunas.split(['|', ' ']).filter(|name| !name.is_empty()).collect();
        Some(Day { date: date.parse().ok()?, kind: Kind::parse(kind)?, comunas })
    }
}

/// The rows of the table below its notes and header; `None` if one is not valid.
fn days(table: &str) -> Option<Vec<Day<'_>>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(Day::read).collect()
}

impl Calendars {
    fn read(table: &str) -> Option<Calendars> {
        let days = days(table)?;
        let years = years(&days)?;
        let closing: Vec<&Day<'_>> = days.iter().filter(|day| day.kind.closes_offices()).collect();
        let others = Country::CL.holidays();
        let others: Vec<NaiveDate> = others.get_public().iter().filter(|day| !years.contains(&day.year())).collect();
        let calendar = |comuna: Option<&str>| {
            let own = closing
                .iter()
                .filter(|day| day.comunas.is_empty() || comuna.is_some_and(|comuna| day.comunas.contains(&comuna)));
            let public = own.map(|day| day.date).chain(others.iter().copied()).collect();
            ContextHolidays::new(Arc::new(public), Arc::default())
        };
        let named = closing.iter().flat_map(|day| &day.comunas);
        let comunas = named.map(|comuna| ((*comuna).to_owned(), calendar(Some(*comuna)))).collect();
        Some(Calendars { country: calendar(None), comunas })
    }
}

/// The years that the table covers.
fn years(days: &[Day<'_>]) -> Option<RangeInclusive<i32>> {
    let years = || days.iter().map(|day| day.date.year());
    Some(years().min()?..=years().max()?)
}

/// The days on which offices are closed in the whole country.
pub(in crate::domain) fn of_the_country() -> ContextHolidays {
    CALENDARS.country.clone()
}

/// The days on which this municipality's offices are closed; `None` if it has no holidays of its own.
pub(in crate::domain) fn of_the_comuna(municipality: &MunicipalityKey) -> Option<ContextHolidays> {
    CALENDARS.comunas.get(municipality.as_str()).cloned()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Weekday};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closed(municipality: Option<&str>, date: &str) -> bool {
        let own = municipality.and_then(|key| of_the_comuna(&key.parse().unwrap()));
        own.unwrap_or_else(of_the_country).get_public().contains(day(date))
    }

    #[test]
    fn days_that_the_law_gives_are_holidays_and_days_that_it_does_not_are_none() {
        for given in [
            "2027-09-17",
            "2029-07-02",
            "2029-09-17",
            "2029-10-15",
            "2030-09-20",
            "2031-06-21",
            "2032-06-20",
            "2032-09-17",
        ] {
            assert!(closed(None, given), "{given}");
        }
        for none in ["2029-06-30", "2029-10-13", "2029-06-29", "2029-10-12", "2031-06-20"] {
            assert!(!closed(None, none), "{none}");
        }
    }

    #[test]
    fn days_that_never_move_are_holidays_in_every_year_of_the_table() {
        let covered = years(&days(TABLE).unwrap()).unwrap();
        assert_eq!(covered, 2026..=2032);
        for year in covered {
            for fixed in ["01-01", "05-01", "05-21", "07-16", "08-15", "09-18", "09-19", "11-01", "12-08", "12-25"] {
                assert!(closed(None, &format!("{year}-{fixed}")), "{year}-{fixed}");
            }
            let all = of_the_country();
            let of_year: Vec<_> = all.get_public().iter().filter(|day| day.year() == year).collect();
            assert!((16..=17).contains(&of_year.len()), "{year}: {of_year:?}");
            // Good Friday and Holy Saturday.
            let easter = |day: &&NaiveDate| matches!(day.month(), 3 | 4);
            let easter: Vec<Weekday> = of_year.iter().filter(easter).map(|day| day.weekday()).collect();
            assert_eq!(easter, [Weekday::Fri, Weekday::Sat], "{year}");
            // Law 19.668: a holiday from Tuesday to Thursday moves to the Monday before, one on Friday to the Monday
            // after.
            for (month, of_month) in [(6, 29), (10, 12)] {
                let day = NaiveDate::from_ymd_opt(year, month, of_month).unwrap();
                let moved = match day.weekday() {
                    Weekday::Tue | Weekday::Wed | Weekday::Thu => -i64::from(day.weekday().num_days_from_monday()),
                    Weekday::Fri => 3,
                    Weekday::Sat | Weekday::Sun | Weekday::Mon => 0,
                };
                assert!(closed(None, &(day + TimeDelta::days(moved)).to_string()), "{day} moved by {moved}");
                assert!(moved == 0 || !closed(None, &day.to_string()), "{day} has moved away");
            }
        }
    }

    #[test]
    fn days_of_some_comunas_close_no_office_elsewhere() {
        for year in 2026..=2032 {
            let (morro, birth) = (format!("{year}-06-07"), format!("{year}-08-20"));
            for comuna in ["arica", "camarones", "putre", "general-lagos", "15101", "15102", "15201", "15202"] {
                assert!(closed(Some(comuna), &morro) && !closed(Some(comuna), &birth), "{comuna} {year}");
                assert!(closed(Some(comuna), &format!("{year}-09-18")), "the country's days are theirs as well");
            }
            for comuna in ["chillan", "chillan-viejo", "16101", "16103"] {
                assert!(closed(Some(comuna), &birth) && !closed(Some(comuna), &morro), "{comuna} {year}");
            }
            for elsewhere in [None, Some("recoleta"), Some("bulnes"), Some("16102"), Some("san-carlos")] {
                assert!(!closed(elsewhere, &morro) && !closed(elsewhere, &birth), "{elsewhere:?} {year}");
            }
        }
    }

    #[test]
    fn days_of_banks_and_elections_close_no_office() {
        let all = days(TABLE).unwrap();
        let others: Vec<_> = all.iter().filter(|day| !day.kind.closes_offices()).collect();
        assert!(others.iter().any(|day| day.kind == Kind::Bank) && others.iter().any(|day| day.kind == Kind::Election));
        for other in others {
            let also = all.iter().any(|day| day.date == other.date && day.kind.closes_offices());
            assert_eq!(closed(None, &other.date.to_string()), also, "{}", other.date);
        }
    }

    #[test]
    fn years_outside_of_the_table_have_the_calendar_that_they_had() {
        let theirs = Country::CL.holidays();
        for date in ["2024-09-20", "2025-12-25", "2033-01-01"] {
            assert_eq!(closed(None, date), theirs.get_public().contains(day(date)), "{date}");
        }
        assert!(closed(None, "2025-12-25"));
    }

    #[test]
    fn a_line_that_is_no_day_is_an_error() {
        assert!(days("date\tkind\tcomunas\n2026-13-01\tcivil\t\n").is_none());
        assert!(days("date\tkind\tcomunas\n2026-01-01\tfeast\t\n").is_none());
    }
}
