//! Long numbers, however they are divided: phones, national documents, accounts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen, meet};
use super::mark::Mark;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Fewest digits of a number that may identify a person.
const LONG: usize = 7;
/// Fewest digits if the words before it announce a phone number.
const PHONE: usize = 6;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of long numbers.
pub(super) struct Patterns {
    run: Regex,
    phone: Regex,
    check_digit: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (phone, filler, dash) = (any(&words.phone), any(&words.filler), any(&words.dash));
        Patterns {
            // Digits with a few characters between: spaces, dots, hyphens, brackets; a comma or a full stop only
            // without a space.
            run: pattern(r"[+(]{0,2}\d(?:(?: ?[-/_*·•|~+'()]{1,3} ?| {1,3}|[.,])?\d)*"),
            phone: pattern(&format!(r"\b(?:{phone})[ :.#]*(?:(?:{filler}) ?[:.#]? ?){{0,3}}$")),
            check_digit: pattern(&format!(r"^ ?(?:-|(?:{dash})\b)? ?k\b|^ ?(?:{dash}) ?\d\b")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, harmless: &[Range<usize>], marked: &mut Marked) {
    for run in PATTERNS.run.find_iter(&seen.plain) {
        for piece in pieces(run.range(), harmless) {
            piece_of(seen, piece, marked);
        }
    }
}

/// The parts of a run of digits without the harmless ranges.
fn pieces(run: Range<usize>, harmless: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = vec![run];
    for part in harmless {
        left = left.into_iter().flat_map(|piece| cut(piece, part)).collect();
    }
    left
}

fn cut(piece: Range<usize>, part: &Range<usize>) -> Vec<Range<usize>> {
    if !meet(&piece, part) {
        return vec![piece];
    }
    let sides = [piece.start..part.start.max(piece.start), part.end.min(piece.end)..piece.end];
    sides.into_iter().filter(|side| !side.is_empty()).collect()
}

fn piece_of(seen: &Seen<'_>, piece: Range<usize>, marked: &mut Marked) {
    let text = seen.plain.get(piece.clone()).unwrap_or_default();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let before = seen.plain.get(..piece.start).unwrap_or_default();
    let after = seen.plain.get(piece.end..).unwrap_or_default();
    let check = PATTERNS.check_digit.find(after).map_or(0, |found| found.end());
    let said = digits.len() >= PHONE && PATTERNS.phone.is_match(tail(before));
    if !said && (digits.len() < LONG || is_public(text, &digits, check > 0)) {
        return;
    }
    let mark = mark_of(text, &digits, said, check > 0);
    let end = piece.start + text.trim_end_matches(|sign: char| !sign.is_ascii_digit()).len();
    let start = piece.end - text.trim_start_matches(' ').len();
    marked.add(start - letter_before(before)..end.max(piece.start) + check, mark);
}

/// The last characters of a text, enough to contain a cue.
pub(super) fn tail(text: &str) -> &str {
    let from = text.char_indices().rev().nth(60).map_or(0, |(place, _)| place);
    text.get(from..).unwrap_or_default()
}

/// The length in bytes of a letter before a number that says the kind of document, such as `V-` or `E-`.
fn letter_before(before: &str) -> usize {
    let bare = before.trim_end_matches([' ', '-', '.']);
    let mut signs = bare.chars().rev();
    let letter = signs.next().is_some_and(|sign| "vejgp".contains(sign));
    let begins = signs.next().is_none_or(|sign| !sign.is_alphanumeric());
    if letter && begins { before.len() - bare.len() + 1 } else { 0 }
}

fn mark_of(text: &str, digits: &str, said: bool, letter: bool) -> Mark {
    let checked = letter || text.get(text.len().saturating_sub(2)..).is_some_and(|end| end.starts_with('-'));
    match digits.len() {
        _ if text.starts_with(['+', '(']) || said => Mark::Phone,
        _ if checked => Mark::Document,
        9 if digits.starts_with('9') => Mark::Phone,
        11.. if digits.starts_with("56") || digits.starts_with("00") => Mark::Phone,
        _ => Mark::Number,
    }
}

/// Whether a number is public: years, numbers that anybody may call, round amounts.
pub(super) fn is_public(text: &str, digits: &str, checked: bool) -> bool {
    let groups = || text.split(|sign: char| !sign.is_ascii_digit()).filter(|group| !group.is_empty());
    let year = |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let short_line = |group: &str| group.len() == 3 && group.starts_with('1');
    let free_line =
        (digits.len() == 10 && digits.starts_with("600")) || (digits.len() == 9 && digits.starts_with("800"));
    let round = !checked && digits.len() <= LONG && digits.ends_with("000") && !text.starts_with(['+', '(']);
    groups().all(year) || groups().all(short_line) || free_line || round
}

pub(super) fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Whether it is a public phone line: `ChileAtiende 101`, `Salud Responde 600`.
pub(super) fn is_line(number: &str) -> bool {
    // Free numbers are written with three digits or with all of them; `6005` is a house.
    let free = number.starts_with("600") || number.starts_with("800");
    (free && (number.len() == 3 || number.len() > 5))
        || (number.starts_with('1') && number.len() == 3)
        || number.starts_with("14")
}
