//! Licence plates recognised by their letters: consonants only, then two or three digits, which may be words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::documents::is_strange;
use super::folded_text::{Marked, Seen, meet};
use super::mark::Mark;
use super::numbers::tail;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of such plates.
pub(super) struct Patterns {
    car: Regex,
    motorbike: Regex,
    cut_off: Regex,
    old: Regex,
    vehicle: Regex,
}

/// The letters of Chilean plates: no vowels.
const LETTER: &str = "[b-df-hj-np-tv-z]";

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (joins, tens, tails) = (any(&words.joins), any(&words.tens), any(&words.tails));
        // Short number words are function words in one language or another.
        let spoken: Vec<String> = words.spoken.keys().filter(|word| word.len() > 2).cloned().collect();
        let word = format!(r"(?:{}|(?:{tens})[ -]?(?:(?:{joins}) )?(?:{tails})?)", any(&spoken));
        let sign = r"[ .,/·•_-]";
        let apart = format!(r"{sign}{{1,3}}(?:(?:{joins})\b{sign}{{1,2}})?");
        let near = format!(r"{sign}{{0,3}}(?:(?:{joins})\b{sign}{{1,2}})?");
        let first = format!(r"(?:{near}\d|{apart}{word})");
        let next = format!(r"(?:{sign}?\d|{sign}{{1,2}}(?:(?:{joins})\b{sign}{{1,2}})?{word})");
        let digits = format!(r"(?:{near}\d{next}|{apart}{word}{next}?)");
        let more = format!("{first}{next}{{0,2}}");
        let vehicle = [words.plate.clone(), words.vehicle.clone()].concat();
        Patterns {
            car: pattern(&format!(
                r"\b((?:{LETTER}{{4}}|{LETTER}{apart}{LETTER}{apart}{LETTER}{apart}{LETTER}|{LETTER}{near}{LETTER}{apart}{LETTER}{near}{LETTER})){digits}\b"
            )),
            motorbike: pattern(&format!(r"\b((?:{LETTER}{{3}}|{LETTER}{apart}{LETTER}{apart}{LETTER})){more}\b")),
            cut_off: pattern(&format!(r"\b{LETTER}{{4}}-?\d\b")),
            old: pattern(r"\b([a-z]{2})(?:[ .·•-]{1,2}(?:\d{4}|\d\d[ .·•-]\d\d)|\d\d[ .·•-]\d\d)\b"),
            vehicle: pattern(&format!(r"\b(?:{})\b[^?!;]*$", any(&vehicle))),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, harmless: &[Range<usize>], marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let mut places = Vec::new();
    for found in patterns.car.captures_iter(plain) {
        let (Some(whole), Some(letters)) = (found.get(0), found.get(1)) else { continue };
        let together = letters.len() == 4;
        let heard = together && rules.written.contains(letters.as_str());
        if !heard && (together || is_capital(seen, letters.range()) || is_of_vehicle(patterns, plain, whole.start())) {
            places.push(whole.range());
        }
    }
    for found in patterns.motorbike.captures_iter(plain) {
        let (Some(whole), Some(letters)) = (found.get(0), found.get(1)) else { continue };
        let heard = rules.written.contains(letters.as_str()) || rules.function.contains(letters.as_str());
        if !heard && is_of_vehicle(patterns, plain, whole.start()) {
            places.push(whole.range());
        }
    }
    let cut_off = patterns.cut_off.find_iter(plain).map(|found| found.range());
    places.extend(cut_off.filter(|place| is_capital(seen, place.clone())));
    for found in patterns.old.captures_iter(plain) {
        let (Some(whole), Some(letters)) = (found.get(0), found.get(1)) else { continue };
        let round = whole.as_str().ends_with("00");
        if !round
            && is_capital(seen, letters.range())
            && !seen.is_shouted()
            && (is_strange(rules, whole.as_str()) || is_of_vehicle(patterns, plain, whole.start()))
        {
            places.push(whole.range());
        }
    }
    for place in places {
        if !harmless.iter().any(|other| meet(other, &place)) {
            marked.add(place, Mark::Document);
        }
    }
}

/// Whether a word for a plate or a vehicle occurs shortly before.
fn is_of_vehicle(patterns: &Patterns, plain: &str, start: usize) -> bool {
    patterns.vehicle.is_match(tail(plain.get(..start).unwrap_or_default()))
}

/// Whether the letters are capitals; small words between them (of three letters, or of more than four) do not count.
fn is_capital(seen: &Seen<'_>, place: Range<usize>) -> bool {
    let text = seen.plain.get(place.clone()).unwrap_or_default();
    let mut from = place.start;
    text.split_inclusive(|sign: char| !sign.is_ascii_alphabetic()).all(|part| {
        let word = part.trim_end_matches(|sign: char| !sign.is_ascii_alphabetic());
        let range = from..from + word.len();
        from += part.len();
        word.len() == 3 || word.len() > 4 || range.into_iter().all(|at| seen.is_capital(at))
    })
}
