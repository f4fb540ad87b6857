//! Where somebody lives: a street and a number, in the order of any of the languages, and the flat behind it.

use std::ops::Range;

use regex::{Match, Regex};

use super::Mark;
use super::cues::{CueWords, Cues, any, pattern};
use super::seen::{Marked, Seen};

/// How addresses look.
pub(super) struct Patterns {
    street: Regex,
    number_first: Regex,
    street_after: Regex,
    lives: Regex,
    room: Regex,
    next_word: Regex,
}

/// `#12`, `n° 12`, `12-A`, `12 b`.
const NUMBER: &str = r"(?:# ?|n[°o.]{0,2} ?|numero |nimewo |number |nro\.? ?)?(\d{1,5})(?:-?[a-z])?\b";

impl Patterns {
    pub fn of(words: &CueWords) -> Patterns {
        let (street, after, room, lives) =
            (any(&words.street), any(&words.street_after), any(&words.room), any(&words.lives));
        Patterns {
            street: pattern(&format!(r"\b(?:{street})\b\.? ((?:[a-z'.]+,? ){{1,5}}){NUMBER}")),
            number_first: pattern(&format!(r"(?:\b|#){NUMBER},? (?:{street})\b\.? ((?:[a-z'.]+ ?){{1,2}})")),
            street_after: pattern(&format!(r"\b\d{{1,5}}[a-z]? (?:[a-z'.]+ ){{1,3}}(?:{after})\b")),
            lives: pattern(&format!(r"\b(?:{lives})\b:? ((?:[a-z'.]+,? ){{1,5}}){NUMBER}")),
            room: pattern(&format!(r"^,? ?(?:{room})\b\.? ?(?:#|n°)? ?(?:\d{{1,4}}[a-z]?|[a-z])\b")),
            next_word: pattern(r"^[ ,]*([a-z]+)"),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, cues: &Cues, marked: &mut Marked) {
    let patterns = &cues.addresses;
    let plain = seen.plain.as_str();
    for found in patterns.street.captures_iter(plain) {
        let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        if !is_count(plain, cues, number) && is_name(seen, cues, name) {
            add(plain, patterns, whole.range(), marked);
        }
    }
    for found in patterns.lives.captures_iter(plain) {
        let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        if !is_count(plain, cues, number) && !is_year(number.as_str()) && is_name(seen, cues, name) {
            add(plain, patterns, name.start()..whole.end(), marked);
        }
    }
    for found in patterns.number_first.captures_iter(plain) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(2)) else { continue };
        let first = name.as_str().split(' ').next().unwrap_or_default();
        if !cues.function.contains(first) {
            add(plain, patterns, whole.start()..name.start() + first.len(), marked);
        }
    }
    for found in patterns.street_after.find_iter(plain) {
        if found.as_str().split(' ').all(|word| !cues.function.contains(word) && !cues.counted.contains(word)) {
            add(plain, patterns, found.range(), marked);
        }
    }
}

/// Marks the address with the flat behind it.
fn add(plain: &str, patterns: &Patterns, mut place: Range<usize>, marked: &mut Marked) {
    while let Some(room) = plain.get(place.end..).and_then(|rest| patterns.room.find(rest)) {
        place.end += room.end();
    }
    marked.add(place, Mark::Address);
}

fn is_count(plain: &str, cues: &Cues, number: Match<'_>) -> bool {
    let rest = plain.get(number.end()..).unwrap_or_default();
    let next = cues.addresses.next_word.captures(rest).and_then(|found| found.get(1));
    next.is_some_and(|word| cues.counted.contains(word.as_str()))
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// A street's name: with a capital letter somewhere, or at least with none of the words that sentences are made of at its end.
fn is_name(seen: &Seen<'_>, cues: &Cues, name: Match<'_>) -> bool {
    let capital = (name.start()..name.end()).any(|place| seen.plain.is_char_boundary(place) && seen.is_capital(place));
    let last = name.as_str().split([' ', ',']).rfind(|word| !word.is_empty()).unwrap_or_default();
    let sentence = name.as_str().split([' ', ',']).filter(|word| cues.function.contains(*word)).count();
    capital || (!cues.function.contains(last) && sentence <= 1)
}
