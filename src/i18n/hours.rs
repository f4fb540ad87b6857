//! Opening hours in words, so that a clerk sees what people will read.

use super::dates::day;
use super::{Label, say};
use crate::domain::offices::week::{OpenDay, Range, SpecialDays, Week, runs};
use crate::domain::text::lang::Lang;

/// The hours in words: first the week with public holidays, then one text for each range of special days.
pub fn week_in_words(lang: Lang, week: &Week) -> Vec<String> {
    let groups = week.groups();
    let is_never = groups.is_empty();
    let mut parts: Vec<String> = groups.iter().map(|(numbers, open)| line(lang, numbers, open)).collect();
    if is_never {
        parts.push(say(lang, &Label::HoursNever));
    } else if week.is_closed_on_holidays() {
        parts.push(say(lang, &Label::HoursHolidaysClosed));
    } else {
        parts.push(say(lang, &Label::HoursHolidaysOpen));
    }
    std::iter::once(parts.join("; ")).chain(week.special().iter().map(|days| special(lang, days))).collect()
}

fn line(lang: Lang, numbers: &[usize], open: &OpenDay) -> String {
    say(lang, &Label::HoursLine { days: &weekdays(lang, numbers), times: &times(lang, open) })
}

/// Weekdays in words, such as `Monday to Thursday and Saturday`.
fn weekdays(lang: Lang, numbers: &[usize]) -> String {
    let names = &lang.about().weekdays;
    if numbers.len() == names.len() {
        return say(lang, &Label::HoursEveryDay);
    }
    let name = |number: usize| names.get(number).map_or("", String::as_str);
    let mut parts = Vec::new();
    for (first, last) in runs(numbers) {
        match last - first {
            0 => parts.push(name(first).to_owned()),
            1 => parts.extend([name(first).to_owned(), name(last).to_owned()]),
            _ => parts.push(say(lang, &Label::HoursFromDayToDay { first: name(first), last: name(last) })),
        }
    }
    listed(lang, &parts)
}

/// A list in words, such as `a, b and c`.
fn listed(lang: Lang, parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => say(lang, &Label::HoursAnd { before: &before.join(", "), last }),
    }
}

fn times(lang: Lang, open: &OpenDay) -> String {
    listed(lang, &open.ranges().iter().map(|range| times_of(lang, *range)).collect::<Vec<_>>())
}

fn times_of(lang: Lang, range: Range) -> String {
    let time = |minutes: u16| format!("{}:{:02}", minutes / 60, minutes % 60);
    if range.is_whole_day() {
        say(lang, &Label::HoursWholeDay)
    } else {
        say(lang, &Label::HoursRange { from: &time(range.from()), to: &time(range.to()) })
    }
}

fn special(lang: Lang, days: &SpecialDays) -> String {
    let (from, to) = (day(lang, days.from()), day(lang, days.to()));
    let when = if days.from() == days.to() { from } else { say(lang, &Label::HoursDates { from: &from, to: &to }) };
    let what = if days.open.is_closed() { say(lang, &Label::HoursClosed) } else { times(lang, &days.open) };
    match days.note() {
        "" => say(lang, &Label::HoursSpecial { when: &when, what: &what }),
        note => say(lang, &Label::HoursSpecialNote { when: &when, what: &what, note }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<Vec<String>> {
        let week = Week::read(text).unwrap();
        Lang::all().map(|lang| week_in_words(lang, &week)).collect()
    }

    #[test]
    fn the_hours_of_the_starter_pack_are_said_in_every_language() {
        assert_eq!(
            said("Mo-Fr 08:30-14:00; PH off"),
            [
                ["lunes a viernes 8:30–14:00; cerrado los feriados"],
                ["lendi rive vandredi 8:30–14:00; fèmen jou ferye"],
                ["Monday to Friday 8:30–14:00; closed on public holidays"],
            ]
        );
    }

    #[test]
    fn lunch_single_days_and_special_days_are_said_in_every_language() {
        let said = said(
            "Mo-We,Fr 09:00-13:00,14:00-17:30; Sa,Su 10:00-24:00; 2026 Dec 24-2027 Jan 02 off \"vacaciones\"; \
             2027 Jan 04 00:00-24:00",
        );
        assert_eq!(
            said,
            [
                [
                    "lunes a miércoles y viernes 9:00–13:00 y 14:00–17:30; sábado y domingo 10:00–24:00; los feriados como los demás días",
                    "24 de diciembre de 2026 al 2 de enero de 2027: cerrado (vacaciones)",
                    "4 de enero de 2027: las 24 horas",
                ],
                [
                    "lendi rive mèkredi ak vandredi 9:00–13:00 ak 14:00–17:30; samdi ak dimanch 10:00–24:00; jou ferye tankou lòt jou yo",
                    "24 desanm 2026 rive 2 janvye 2027: fèmen (vacaciones)",
                    "4 janvye 2027: 24 sou 24",
                ],
                [
                    "Monday to Wednesday and Friday 9:00–13:00 and 14:00–17:30; Saturday and Sunday 10:00–24:00; public holidays like other days",
                    "24 December 2026 to 2 January 2027: closed (vacaciones)",
                    "4 January 2027: 24 hours",
                ],
            ]
        );
    }

    #[test]
    fn an_office_that_never_opens_or_always_does_is_said_plainly() {
        let english = |text| said(text).pop().unwrap();
        assert_eq!(english("off; PH off"), ["never open"]);
        assert_eq!(english("24/7"), ["every day 24 hours; public holidays like other days"]);
    }
}
