//! Numbers of documents and cases that are known by the letters in them or by the words before them.

use std::ops::Range;

use regex::Regex;

use super::Mark;
use super::cues::{CueWords, Cues, any, pattern};
use super::seen::{Marked, Seen, meet};

/// From so many digits on something that is called a document's number is taken for one; less is a year or an age.
const NAMED: usize = 5;

/// How such numbers look.
pub(super) struct Patterns {
    lettered: Regex,
    spaced: Regex,
    mixed: Regex,
    named: Regex,
    money: Regex,
}

impl Patterns {
    pub fn of(words: &CueWords) -> Patterns {
        let (document, filler, money) = (any(&words.document), any(&words.filler), any(&words.money));
        Patterns {
            lettered: pattern(r"\b([a-z]{1,4})[-.]?\d[\d.-]{3,}\d[a-z0-9]*\b"),
            spaced: pattern(r"\b[a-z]{1,3} \d{5,9}\b"),
            mixed: pattern(r"\b[a-z0-9]{7,}\b"),
            named: pattern(&format!(
                r"\b(?:{document})\b[ :.#°º-]*(?:(?:{filler})\b[ :.#°º-]*){{0,5}}([a-z]{{0,3}}[- ]?\d[\d ./-]*[\dk]?)\b"
            )),
            money: pattern(&format!(r"^(?:{money}|n|no|nr)$")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, cues: &Cues, harmless: &[Range<usize>], marked: &mut Marked) {
    let patterns = &cues.documents;
    let plain = seen.plain.as_str();
    let lettered = patterns.lettered.captures_iter(plain).filter_map(|found| Some((found.get(0)?, found.get(1)?)));
    let lettered = lettered.filter(|(_, letters)| !patterns.money.is_match(letters.as_str())).map(|(whole, _)| whole);
    // "AB 123456" is a passport, "de 123456" is not.
    let spaced = patterns.spaced.find_iter(plain).filter(|found| seen.is_capital(found.start()));
    let spaced = spaced
        .filter(|found| (found.start()..found.start() + letters(found.as_str())).all(|place| seen.is_capital(place)));
    let mixed = patterns.mixed.find_iter(plain).filter(|found| is_mixed(found.as_str()));
    let named = patterns.named.captures_iter(plain).filter_map(|found| found.get(1));
    let named = named.filter(|found| digits(found.as_str()) >= NAMED);
    for found in lettered.chain(spaced).chain(mixed).chain(named) {
        if !harmless.iter().any(|place| meet(place, &found.range())) {
            let end = found.start() + found.as_str().trim_end().len();
            marked.add(found.start()..end, Mark::Document);
        }
    }
}

fn letters(text: &str) -> usize {
    text.chars().take_while(char::is_ascii_alphabetic).count()
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// Letters and digits that take turns, as in serial numbers; `500000pesos` has only one change.
fn is_mixed(text: &str) -> bool {
    let kinds: Vec<bool> = text.chars().map(|sign| sign.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair.first() != pair.last()).count();
    digits(text) >= NAMED && changes >= 2
}
