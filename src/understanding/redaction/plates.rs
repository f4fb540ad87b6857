//! Licence plates recognised by their letters or by the words before them, with dots between or spelled out.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::documents::{is_counted, is_strange};
use super::folded_text::{Marked, Seen, meet};
use super::mark::Mark;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of plates.
pub(super) struct Patterns {
    plate: Regex,
    apart: Regex,
    named: Regex,
    spelt: Regex,
    vehicle: Regex,
}

/// The letters of Chilean plates: no vowels.
const PLATE: &str = "[b-df-hj-np-tv-z]";
/// Letters and digits as on a plate of any country.
const ANY_PLATE: &str =
    r"[a-z]{1,4}[ .·•-]{0,3}(?:[a-z]{2}[ .·•-]{0,3})?\d{2,6}[a-z]?|\d{1,4}[ .·•-]?[a-z]{2,4}|[a-z]\d[a-z][ .·•-]?\d{3}";

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (filler, plate, vehicle) = (any(&words.filler), any(&words.plate), any(&words.vehicle));
        let (letters, repeat) = (any(&words.letters), any(&words.repeat.keys().cloned().collect::<Vec<_>>()));
        let spoken: Vec<String> = words.spoken.keys().cloned().collect();
        let number = format!(
            r"(?:{}|(?:{})-?(?:{})?|{repeat}|{}|\d{{1,4}})",
            any(&spoken),
            any(&words.tens),
            any(&words.tails),
            any(&words.joins)
        );
        let link = format!(r"(?:(?:{filler}|{vehicle}|sou|yo|un|una|yon|li|that|with|con|ak|reads|says)\b ?[:.#]* ?)");
        Patterns {
            plate: pattern(&format!(
                r"\b(?:{PLATE}{{4}}[ .·•-]{{0,3}}\d{{2}}|{PLATE}{{2}}[ .·•-]{PLATE}{{2}}[ .·•-]{{1,3}}\d{{2}}|[a-z]{{2}}[ .·•-]?\d{{4}}|{PLATE}{{3}}[ .·•-]?0?\d{{2}})\b"
            )),
            apart: pattern(
                r"\b[a-z](?:[ .·•-]{1,2}[a-z]){2,3}[ .·•-]{1,3}\d(?:[ .·•-]?\d){1,2}\b|\b[a-z][ .·•-]{1,2}[a-z][ .·•-]{1,3}\d(?:[ .·•-]?\d){3}\b",
            ),
            named: pattern(&format!(r"\b(?:{plate})\b[ :.#]*{link}{{0,5}}({ANY_PLATE})\b")),
            spelt: pattern(&format!(
                r"\b(?:{plate})\b[ :.#]*{link}{{0,5}}((?:(?:{letters}|{repeat}|[a-z])[ ,.-]+){{2,6}}{number}(?:[ ,.-]+{number}){{0,5}})\b"
            )),
            vehicle: pattern(&format!(r"\b(?:{vehicle})\b[ :.#]*(?:(?:{filler})\b ?[:.#]* ?){{0,3}}({ANY_PLATE})\b")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, harmless: &[Range<usize>], marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let plate = patterns.plate.find_iter(plain).filter(|found| is_plate(seen, rules, found.range()));
    let apart = patterns.apart.find_iter(plain).filter(|found| is_apart(seen, found.range()));
    let named = patterns.named.captures_iter(plain).filter_map(|found| found.get(1));
    let named = named.filter(|found| !is_counted(rules, found.as_str()));
    let spelt = patterns.spelt.captures_iter(plain).filter_map(|found| found.get(1));
    let vehicle = patterns.vehicle.captures_iter(plain).filter_map(|found| found.get(1));
    let vehicle = vehicle.filter(|found| is_strange(rules, found.as_str()));
    for found in plate.chain(apart).chain(named).chain(spelt).chain(vehicle) {
        if !harmless.iter().any(|place| meet(place, &found.range())) {
            let end = found.start() + found.as_str().trim_end().len();
            marked.add(found.start()..end, Mark::Document);
        }
    }
}

/// Whether it is a plate without a cue: in capitals, or with four consonants together.
fn is_plate(seen: &Seen<'_>, rules: &Rules, place: Range<usize>) -> bool {
    let text = seen.plain.get(place.clone()).unwrap_or_default();
    let letters: Vec<usize> =
        text.char_indices().filter(|(_, sign)| sign.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    let capital = letters.iter().all(|at| seen.is_capital(place.start + at));
    let close = !text.contains(' ');
    // Pairs of letters joined by hyphens are not words of their own.
    let together = if close { text.replace(['.', '·', '•', '-'], "") } else { text.to_owned() };
    let strange = is_strange(rules, &together) && (close || is_strange(rules, text));
    strange && (capital || letters.last() == Some(&3)) && (close || letters.len() > 2)
}

/// Whether letters that are written apart, as in `P-W-C-S-8-0`, are capitals. "S.A. 2023" has a year and is not a
/// plate.
fn is_apart(seen: &Seen<'_>, place: Range<usize>) -> bool {
    let text = seen.plain.get(place.clone()).unwrap_or_default();
    let mut letters = text.char_indices().filter(|(_, sign)| sign.is_ascii_alphabetic());
    let year = text.rsplit([' ', '.', '-']).next().is_some_and(|end| end.len() == 4);
    !year && letters.all(|(at, _)| seen.is_capital(place.start + at))
}
