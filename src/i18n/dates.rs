//! Days and times in words, in each language.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::{Phrase, say};
use crate::domain::text::lang::Lang;

/// A date with the month's name, such as `3 out 2026`.
pub fn day(lang: Lang, date: NaiveDate) -> String {
    let month = &lang.about().months[date.month0() as usize];
    say(lang, &Phrase::Date { day: &date.day().to_string(), month, year: &date.year().to_string() })
}

/// A time in words: alone on the same day, with the weekday (`lendi 08:30`) within a week, else with the date.
pub fn weekday_and_time(lang: Lang, at: NaiveDateTime, now: NaiveDateTime) -> String {
    let time = at.format("%H:%M").to_string();
    let weekday = &lang.about().weekdays[at.weekday().num_days_from_monday() as usize];
    if at.date() == now.date() {
        time
    } else if (at.date() - now.date()).num_days() < 7 {
        say(lang, &Phrase::WeekdayTime { weekday, time: &time })
    } else {
        say(lang, &Phrase::WeekdayTime { weekday: &day(lang, at.date()), time: &time })
    }
}
