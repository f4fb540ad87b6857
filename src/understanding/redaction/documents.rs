//! Numbers of documents and cases, recognised by the letters in them or by the words before them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen, meet};
use super::mark::Mark;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Fewest digits of a number after a word for a document; fewer are a year or an age.
const NAMED: usize = 5;
/// Fewest digits if letters are among them.
const CODED: usize = 3;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of such numbers.
pub(super) struct Patterns {
    lettered: Regex,
    spaced: Regex,
    mixed: Regex,
    ended: Regex,
    named: Regex,
    coded: Regex,
    pub money: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (document, filler, money) = (any(&words.document), any(&words.filler), any(&words.money));
        Patterns {
            lettered: pattern(r"\b([a-z]{1,4})[-./]?\d[\d.-]{3,}\d[a-z0-9]*\b"),
            spaced: pattern(r"\b[a-z]{1,3} \d{5,9}\b"),
            mixed: pattern(r"\b[a-z0-9]{7,}\b"),
            ended: pattern(r"\b(?:[a-z]{1,4}[-/])?\d[\d.-]{3,}[-/][a-z]{1,3}\b"),
            coded: pattern(&format!(
                r"\b(?:{document})\b[ :.#°º-]*(?:(?:{filler})\b[ :.#°º-]*){{0,5}}([a-z0-9]+(?:[-/._][a-z0-9]+){{0,4}})"
            )),
            named: pattern(&format!(
                r"\b(?:{document})\b[ :.#°º-]*(?:(?:{filler})\b[ :.#°º-]*){{0,5}}([a-z]{{0,3}}[- ]?\d[\d ./-]*[\dk]?)\b"
            )),
            money: pattern(&format!(r"^(?:{money}|n|no|nr)$")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, harmless: &[Range<usize>], marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let lettered = patterns.lettered.captures_iter(plain).filter_map(|found| Some((found.get(0)?, found.get(1)?)));
    let lettered = lettered.filter(|(_, letters)| !patterns.money.is_match(letters.as_str())).map(|(whole, _)| whole);
    // "AB 123456" is a passport, "de 123456" is not.
    let spaced = patterns.spaced.find_iter(plain).filter(|found| seen.is_capital(found.start()));
    let spaced = spaced
        .filter(|found| (found.start()..found.start() + letters(found.as_str())).all(|place| seen.is_capital(place)));
    let mixed = patterns.mixed.find_iter(plain).filter(|found| is_mixed(seen, found.range()));
    let ended = patterns.ended.find_iter(plain).filter(|found| seen.is_capital(found.end() - 1));
    let coded = patterns.coded.captures_iter(plain).filter_map(|found| found.get(1));
    let coded = coded.filter(|found| is_code(rules, found.as_str()));
    let named = patterns.named.captures_iter(plain).filter_map(|found| found.get(1));
    let named = named.filter(|found| digits(found.as_str()) >= NAMED && !is_round(found.as_str()));
    for found in lettered.chain(spaced).chain(mixed).chain(ended).chain(coded).chain(named) {
        if !harmless.iter().any(|place| meet(place, &found.range())) {
            let end = found.start() + found.as_str().trim_end().len();
            marked.add(found.start()..end, Mark::Document);
        }
    }
}

/// Whether it is an amount of thousands, such as 90.000.
fn is_round(text: &str) -> bool {
    digits(text) < 7 && text.trim_end_matches(' ').ends_with("000")
}

/// Whether the letters are not a known word and the digits are not a year: `en 2019` and `UF 1234` are not plates.
pub(super) fn is_strange(rules: &Rules, text: &str) -> bool {
    const DECREES: [&str; 5] = ["dl", "ds", "dfl", "dto", "art"];
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let words = || text.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let known = |word: &str| {
        rules.ordinary.contains(word)
            || rules.function.contains(word)
            || rules.known.contains(word)
            || DECREES.contains(&word)
    };
    !year && words().all(|word| !known(word) && !PATTERNS.money.is_match(word))
}

fn letters(text: &str) -> usize {
    text.chars().take_while(char::is_ascii_alphabetic).count()
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// Whether letters and digits alternate, as in serial numbers; `500000pesos` has only one change. In capitals fewer
/// digits are enough.
fn is_mixed(seen: &Seen<'_>, place: Range<usize>) -> bool {
    let text = seen.plain.get(place.clone()).unwrap_or_default();
    let kinds: Vec<bool> = text.chars().map(|sign| sign.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair.first() != pair.last()).count();
    let capital = text.char_indices().all(|(at, sign)| sign.is_ascii_digit() || seen.is_capital(place.start + at));
    digits(text) >= if capital { CODED } else { NAMED } && changes >= 2
}

/// Whether it is a code after a word for a document: `MUN/48812`, `8814-RF`.
fn is_code(rules: &Rules, text: &str) -> bool {
    let letters = text.contains(|sign: char| sign.is_ascii_alphabetic());
    letters && text.len() > NAMED && digits(text) >= CODED && !is_counted(rules, text)
}

/// Whether the letters are a function word, a unit or a currency, as in `en 2500`.
pub(super) fn is_counted(rules: &Rules, text: &str) -> bool {
    let mut words = text.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.any(|word| rules.function.contains(word) || rules.counted.contains(word) || PATTERNS.money.is_match(word))
}
