//! Passwords and codes: letters and digits that are no measure, document or date, and numbers after a word for a PIN.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen, meet};
use super::mark::Mark;
use super::numbers::{is_public, is_year, tail};
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Fewest letters and digits of a code, near a word for a secret (`NEAR`) and without one (`ALONE`).
const NEAR: usize = 4;
const ALONE: usize = 5;
/// Fewest for a code without separators: `any1`, `4ever` and `valid8` are shorter, or have only one change.
const UNDIVIDED: usize = 6;
/// Number of digits of a PIN.
const PIN: std::ops::RangeInclusive<usize> = 4..=8;
/// Fewest digits of a code of single letters and digits with spaces between.
const DIGITS_APART: usize = 3;
/// Characters that occur inside passwords and hardly anywhere else.
const PASSWORD_SIGNS: [char; 6] = ['#', '!', '$', '&', '*', '='];

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of secrets.
pub(super) struct Patterns {
    token: Regex,
    quoted: Regex,
    pin: Regex,
    singles: Regex,
    apart: Regex,
    /// A word for a secret: up to 12 words before, up to 5 words before, and right after.
    far: Regex,
    near: Regex,
    behind: Regex,
    measure: Regex,
    paper: Regex,
    paper_before: Regex,
    counted: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (secret, paper) = (any(&words.secret), any(&words.paper));
        let unit =
            any(&[words.unit.clone(), words.months.clone(), words.money.clone(), words.counted.clone()].concat());
        // After a space, units of one letter are ordinary small words.
        let counted = any(&[
            words.money.clone(),
            words.months.clone(),
            words.counted.iter().filter(|word| word.len() > 1).cloned().collect(),
        ]
        .concat());
        Patterns {
            token: pattern(r"[a-z0-9][a-z0-9.#/!_$&*+=-]*[a-z0-9]"),
            quoted: pattern(r#"["“«'](\w[^"”»'?]{2,28}\w)["”»']"#),
            pin: pattern(r"\b\d{1,8}(?:[-./ ]\d{1,4}){0,5}\b"),
            singles: pattern(r"\b\d(?:[ ,.-]{1,2}\d){3,7}\b"),
            apart: pattern(r"\b(?:[a-z\d][ .-]{1,3}){4,15}[a-z\d]\b"),
            far: pattern(&format!(r"\b(?:{secret})\b(?:[^a-z0-9.?!;]+[a-z']+){{0,12}}[^a-z0-9?!;]*$")),
            near: pattern(&format!(r"\b(?:{secret})\b(?:[^a-z0-9.?!;]+[a-z']+){{0,5}}[^a-z0-9.?!;]*$")),
            behind: pattern(&format!(
                r"^[ ,]*(?:(?:pou|kom|como|para|as|for|de|es|is|se|la|mi|el|the|my) ){{1,2}}(?:{secret})\b"
            )),
            measure: pattern(&format!(r"^(?:(?:{paper})?\d+(?:[.,:]\d+)*(?:{unit})?[-/+.]?)+$|^\d+[a-z]{{1,3}}$")),
            paper: pattern(&format!(r"^(?:{paper})[-./]?\d+(?:[-./]\d+)*[a-z]?$")),
            paper_before: pattern(&format!(r"\b(?:{paper})[ .:#°º]*$")),
            counted: pattern(&format!(r"^ ?(?:%|(?:{counted})\b)")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, harmless: &[Range<usize>], marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let free = |place: &Range<usize>| !harmless.iter().any(|other| meet(other, place));
    for found in patterns.token.find_iter(plain) {
        if free(&found.range()) && !marked.covers(&found.range()) && is_code(plain, rules, found.range()) {
            marked.add(found.range(), Mark::Secret);
        }
    }
    for found in patterns.quoted.captures_iter(plain).filter_map(|found| found.get(1)) {
        let digit = found.as_str().contains(|sign: char| sign.is_ascii_digit());
        if digit && free(&found.range()) && patterns.far.is_match(tail(before(plain, found.start()))) {
            marked.add(found.range(), Mark::Secret);
        }
    }
    for found in patterns.pin.find_iter(plain).filter(|found| is_pin(plain, found.range())) {
        if free(&found.range()) && !marked.covers(&found.range()) {
            marked.add(found.range(), Mark::Secret);
        }
    }
    for found in patterns.apart.find_iter(plain) {
        let digits = found.as_str().bytes().filter(u8::is_ascii_digit).count();
        if digits >= DIGITS_APART && found.as_str().contains(|sign: char| sign.is_ascii_alphabetic()) {
            marked.add(found.range(), Mark::Secret);
        }
    }
    for found in patterns.singles.find_iter(plain) {
        if free(&found.range()) && !counts_up(found.as_str()) && !patterns.counted.is_match(after(plain, found.end())) {
            marked.add(found.range(), Mark::Secret);
        }
    }
}

/// Whether a word for a secret occurs a few words before.
pub(super) fn speaks_of_secret(before: &str) -> bool {
    PATTERNS.far.is_match(tail(before))
}

fn before(plain: &str, place: usize) -> &str {
    plain.get(..place).unwrap_or_default()
}

fn after(plain: &str, place: usize) -> &str {
    plain.get(place..).unwrap_or_default()
}

fn is_code(plain: &str, rules: &Rules, place: Range<usize>) -> bool {
    let patterns = &*PATTERNS;
    let text = plain.get(place.clone()).unwrap_or_default();
    let (before, after) = (before(plain, place.start), after(plain, place.end));
    let letters = text.contains(|sign: char| sign.is_ascii_alphabetic());
    let digits = text.contains(|sign: char| sign.is_ascii_digit());
    let part_of_more =
        before.ends_with(['$', '@', ':', '/', '\'']) && !before.ends_with(": ") || after.starts_with('@');
    if !letters || !digits || part_of_more || patterns.measure.is_match(text) || patterns.paper.is_match(text) {
        return false;
    }
    let size = text.chars().filter(char::is_ascii_alphanumeric).count();
    if size >= NEAR && (patterns.far.is_match(tail(before)) || patterns.behind.is_match(after)) {
        return true;
    }
    let kinds: Vec<bool> = text.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair.first() != pair.last()).count();
    let parts = text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).count();
    let shape = match parts {
        1 => size >= UNDIVIDED && changes > 1,
        2 => text.contains(PASSWORD_SIGNS) && size > ALONE || (changes > 1 && size >= UNDIVIDED),
        _ => size >= ALONE,
    };
    let mut words = text.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    shape && words.any(|word| !(is_word(rules, word) || parts > 1 && is_roman(word)))
}

/// Whether the letters between digits are a known word, a unit or a currency.
fn is_word(rules: &Rules, word: &str) -> bool {
    let known = rules.function.contains(word) || rules.written.contains(word) || rules.known.contains(word);
    (word.len() > 1 && known) || rules.counted.contains(word) || rules.money.contains(word)
}

fn is_roman(word: &str) -> bool {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    ROMAN.contains(&word)
}

/// Whether it is four to eight digits shortly after a word for a secret, but no year, amount, law or public line.
fn is_pin(plain: &str, place: Range<usize>) -> bool {
    let patterns = &*PATTERNS;
    let text = plain.get(place.clone()).unwrap_or_default();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (before, after) = (before(plain, place.start), after(plain, place.end));
    let alone = !before.ends_with(['$', '+', '-', '.', '/', ',', '@']) && !after.starts_with(['-', '/', '@', '%']);
    PIN.contains(&digits.len())
        && alone
        && !is_year(&digits)
        && !digits.ends_with("000")
        && !is_public(text, &digits, false)
        && patterns.near.is_match(tail(before))
        && !patterns.paper_before.is_match(before)
        && !patterns.counted.is_match(after)
}

/// Whether single digits count up or down: 1 2 3 4.
fn counts_up(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|sign| sign.to_digit(10)).collect();
    digits
        .windows(2)
        .all(|pair| pair.first().zip(pair.last()).is_some_and(|(one, next)| one + 1 == *next || next + 1 == *one))
}
