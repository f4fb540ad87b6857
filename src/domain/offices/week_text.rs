//! Writes a week of opening hours in OpenStreetMap's syntax, and reads the part of it that a form can express.

use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::week::{OpenDay, Range, SpecialDays, Week, read_time, runs};

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `2026 Dec 24-2027 Jan 02 09:00-12:00 open "why"`, or `off` instead of the times. A note after times without `open`
/// means "unknown whether open", which the form cannot express.
#[expect(clippy::expect_used, reason = "a constant; the tests run it")]
static SPECIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"^(\d{4}) ([A-Z][a-z]{2}) (\d{2})(?:-(?:(\d{4}) ([A-Z][a-z]{2}) )?(\d{2}))? (?:(off|closed)(?: "([^"]+)")?|([\d:,-]+)(?: open(?: "([^"]+)")?)?)$"#,
    )
    .expect("a pattern")
});

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rules: Vec<String> = self.groups().into_iter().map(|(numbers, day)| weekly(&numbers, day)).collect();
        if rules.is_empty() {
            rules.push("off".to_owned());
        }
        if self.is_closed_on_holidays() {
            rules.push("PH off".to_owned());
        }
        rules.extend(self.special().iter().map(special));
        f.write_str(&rules.join("; "))
    }
}

fn weekly(numbers: &[usize], day: &OpenDay) -> String {
    if numbers.len() == DAYS.len() && day.ranges().iter().any(|range| range.is_whole_day()) {
        return "24/7".to_owned();
    }
    let name = |number: usize| DAYS.get(number).copied().unwrap_or_default();
    let names: Vec<String> = runs(numbers)
        .into_iter()
        .map(|(first, last)| if first == last { name(first).into() } else { format!("{}-{}", name(first), name(last)) })
        .collect();
    format!("{} {}", names.join(","), times(day))
}

fn special(days: &SpecialDays) -> String {
    let mut text = date(days.from());
    if days.to() != days.from() {
        text = format!("{text}-{}", date(days.to()));
    }
    let note = if days.note().is_empty() { String::new() } else { format!(" \"{}\"", days.note()) };
    match (days.open.is_closed(), note.is_empty()) {
        (true, _) => format!("{text} off{note}"),
        (false, true) => format!("{text} {}", times(&days.open)),
        (false, false) => format!("{text} {} open{note}", times(&days.open)),
    }
}

fn times(day: &OpenDay) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let ranges = day.ranges().iter().map(|range| format!("{}-{}", time(range.from()), time(range.to())));
    ranges.collect::<Vec<_>>().join(",")
}

fn date(day: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {:02}", day.year(), day.day())
}

/// The subject of a rule, in the required order: later rules override earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Stage {
    #[default]
    Weekly,
    Holidays,
    Special,
}

#[derive(Default)]
struct Reading {
    stage: Stage,
    days: [OpenDay; 7],
    closed_on_holidays: bool,
    special: Vec<SpecialDays>,
}

impl Week {
    /// Reads hours that a form can express; `None` if they say more, and then the form leaves the text as it is.
    pub fn read(text: &str) -> Option<Week> {
        let mut reading = Reading::default();
        for rule in rules(text) {
            reading.take(rule.trim())?;
        }
        let in_order = reading.special.windows(2).all(|pair| pair[0].to() < pair[1].from());
        let week = Week::new(reading.days, reading.closed_on_holidays, reading.special.clone());
        // If overlapping special days are in another order than the form's sorting, sorting them would change their
        // meaning.
        (in_order || week.special() == reading.special).then_some(week)
    }
}

/// Splits at semicolons, except inside a note.
fn rules(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let outside = |c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    };
    text.split(outside).collect()
}

impl Reading {
    fn take(&mut self, rule: &str) -> Option<()> {
        if let Some(found) = SPECIAL.captures(rule) {
            self.stage = Stage::Special;
            self.special.push(read_special(&found)?);
            return Some(());
        }
        match rule {
            "PH off" | "PH closed" => self.holidays(),
            "24/7" => self.weekly("Mo-Su", "00:00-24:00"),
            "off" | "closed" => self.weekly("Mo-Su", "off"),
            _ if rule.starts_with(|c: char| c.is_ascii_digit()) => self.weekly("Mo-Su", rule),
            _ => {
                let (days, times) = rule.split_once(' ')?;
                self.weekly(days, times)
            }
        }
    }

    fn holidays(&mut self) -> Option<()> {
        if self.stage > Stage::Holidays {
            return None;
        }
        self.stage = Stage::Holidays;
        self.closed_on_holidays = true;
        Some(())
    }

    fn weekly(&mut self, days: &str, times: &str) -> Option<()> {
        // A later rule for weekdays would override public holidays and special days.
        if self.stage > Stage::Weekly {
            return None;
        }
        let open = match times {
            "off" | "closed" => OpenDay::default(),
            times => read_times(times)?,
        };
        for number in read_days(days)? {
            self.days[number] = open.clone();
        }
        Some(())
    }
}

fn read_days(text: &str) -> Option<Vec<usize>> {
    let number = |name: &str| DAYS.iter().position(|day| *day == name);
    let mut numbers = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        // A range such as Saturday to Monday wraps around the end of the week.
        let length = (last + 7 - first) % 7;
        numbers.extend((0..=length).map(|day| (first + day) % 7));
    }
    Some(numbers)
}

fn read_times(text: &str) -> Option<OpenDay> {
    let range = |text: &str| {
        let (from, to) = text.trim_start().split_once('-')?;
        Range::new(read_time(from)?, read_time(to)?)
    };
    OpenDay::new(text.split(',').map(range).collect::<Option<Vec<Range>>>()?)
}

fn read_special(found: &Captures<'_>) -> Option<SpecialDays> {
    let part = |number: usize| found.get(number).map(|part| part.as_str());
    let day = |year: &str, month: &str, day: &str| {
        let month = MONTHS.iter().position(|name| *name == month)?;
        NaiveDate::from_ymd_opt(year.parse().ok()?, month as u32 + 1, day.parse().ok()?)
    };
    let (year, month) = (part(1)?, part(2)?);
    let from = day(year, month, part(3)?)?;
    let to = match part(6) {
        None => from,
        Some(last) => day(part(4).unwrap_or(year), part(5).unwrap_or(month), last)?,
    };
    let open = part(9).map_or(Some(OpenDay::default()), read_times)?;
    let note = part(8).or(part(10)).unwrap_or_default();
    SpecialDays::new(from, to, open, note).filter(|days| days.note() == note)
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDateTime, TimeDelta};

    use super::*;
    use crate::domain::offices::hours::{Hours, Open};

    /// Pseudorandom numbers, the same on every run (P. L'Ecuyer's multiplier for 2^64, 1999).
    struct Draw(u64);

    impl Draw {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self.0.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493);
            (self.0 >> 33) % most
        }

        fn day(&mut self) -> OpenDay {
            let mut ends: Vec<u16> = (0..4).map(|_| self.below(97) as u16 * 15).collect();
            ends.sort_unstable();
            ends.dedup();
            let ranges = ends.chunks_exact(2).filter_map(|pair| Range::new(pair[0], pair[1]));
            OpenDay::new(ranges.take(self.below(3) as usize).collect()).unwrap()
        }

        fn special(&mut self) -> SpecialDays {
            let notes = ["", "vakans; \"fèt\"", "inventario, off 08:00-09:00", "año nuevo ☀ <b>"];
            let from = "2026-11-23".parse::<NaiveDate>().unwrap() + TimeDelta::days(self.below(60) as i64);
            let to = from + TimeDelta::days(self.below(3) as i64 * self.below(20) as i64);
            let open = self.day();
            SpecialDays::new(from, to, open, notes[self.below(4) as usize]).unwrap()
        }

        fn week(&mut self) -> Week {
            // Few different days, as real offices have, so that groups form.
            let kinds = [self.day(), self.day(), OpenDay::default()];
            let days = std::array::from_fn(|_| kinds[self.below(3) as usize].clone());
            let special = (0..self.below(4)).map(|_| self.special()).collect();
            Week::new(days, self.below(2) == 0, special)
        }
    }

    /// Whether the week is open at a moment, computed without the syntax.
    fn is_open(week: &Week, holidays: &Hours, at: NaiveDateTime) -> bool {
        let minute = (at - at.date().and_hms_opt(0, 0, 0).unwrap()).num_minutes() as u16;
        let special = week.special().iter().rfind(|days| (days.from()..=days.to()).contains(&at.date()));
        let holiday = week.is_closed_on_holidays() && matches!(holidays.at(at), Open::Until(_) | Open::Always);
        let weekday = &week.days()[at.weekday().num_days_from_monday() as usize];
        let open = special.map_or(if holiday { None } else { Some(weekday) }, |days| Some(&days.open));
        open.is_some_and(|day| day.ranges().iter().any(|range| range.from() <= minute && minute < range.to()))
    }

    #[test]
    fn whatever_the_form_says_is_read_back_the_same() {
        let mut draw = Draw(1);
        for _ in 0..2_000 {
            let week = draw.week();
            let text = week.to_string();
            assert_eq!(Week::read(&text), Some(week), "{text}");
        }
    }

    #[test]
    fn what_is_written_means_what_the_form_says() {
        let holidays = Hours::parse("PH 00:00-24:00").unwrap();
        let start: NaiveDateTime = "2026-11-23T00:07:00".parse().unwrap();
        let mut draw = Draw(2);
        for _ in 0..60 {
            let week = draw.week();
            let text = week.to_string();
            let hours = Hours::parse(&text).unwrap_or_else(|error| panic!("{error}"));
            for step in 0..250 {
                let at = start + TimeDelta::minutes(step * 397);
                let open = matches!(hours.at(at), Open::Until(_) | Open::Always);
                assert_eq!(open, is_open(&week, &holidays, at), "{text} at {at}");
            }
        }
    }

    #[test]
    fn hours_that_people_write_are_read_and_mean_the_same() {
        let start: NaiveDateTime = "2026-12-01T00:07:00".parse().unwrap();
        for text in [
            "Mo-Fr 08:30-14:00; PH off",
            "Mo-Th 8:30-13:00,14:00-17:00; Fr 08:30-13:00; Sa,Su off; PH closed",
            "Mo-Fr 08:30-13:00, 14:00-17:00",
            "24/7",
            "24/7; PH off",
            "09:00-18:00; Su off",
            "Sa-Mo 10:00-24:00",
            "Mo-Su 09:00-12:00; 2026 Dec 24 off; 2026 Dec 28-30 10:00-11:00",
            "off; 2026 Dec 08 09:00-12:00 open \"only today; come early\"",
            "PH off",
        ] {
            let week = Week::read(text).unwrap_or_else(|| panic!("{text}"));
            let (ours, theirs) = (Hours::parse(&week.to_string()).unwrap(), Hours::parse(text).unwrap());
            for step in 0..200 {
                let at = start + TimeDelta::minutes(step * 223);
                assert_eq!(ours.at(at), theirs.at(at), "{text} at {at}");
            }
        }
    }

    #[test]
    fn hours_that_the_form_cannot_say_are_left_as_they_are() {
        for text in [
            "",
            "Mo-Fr",
            "Mo-Fr 22:00-02:00",
            "Mo-Fr sunrise-sunset",
            "Mo[1] 09:00-12:00",
            "Jan-Mar Mo-Fr 09:00-12:00",
            "PH off; Mo-Fr 09:00-12:00",
            "2026 Dec 24 off; PH off",
            "Mo-Fr 09:00-12:00 \"by appointment\"",
            "Mo-Fr 09:00-12:00 || \"ask\"",
            "Mo-Fr 09:00-12:00, We 14:00-18:00",
            "Mo-Fr 09:00-12:00,12:00-18:00",
            "Mo-Fr 09:00-10:00,11:00-12:00,13:00-14:00",
            "week 1-10 Mo 09:00-12:00",
            "Dec 24 off",
            "2026 Dec 24 09:00-12:00 \"perhaps\"",
            "2026 Dec 24 off; 2026 Dec 20-26 09:00-10:00",
            "SH off",
            "from nine to five",
        ] {
            assert_eq!(Week::read(text), None, "{text}");
        }
    }
}
