//! Dates of birth: beside a word that says so, or so long ago that hardly anything else can be meant.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::numbers::tail;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// A full date before this year is a date of birth; later ones may be those of a journey or of a document.
const LONG_AGO: u16 = 2010;
/// Two-digit years from this one on belong to the last century.
const LAST_CENTURY: u16 = 30;
/// How far from a date a word of birth may be, before it and (`AFTER`) after it, in characters.
const BEFORE: usize = 45;
/// Most words between a word of birth and a day.
const BETWEEN: usize = 6;
/// The first patterns of `part`, this many, have the day and the month in words.
const WITH_DAY: usize = 2;
const AFTER: usize = 30;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of dates.
pub(super) struct Patterns {
    /// Full dates; the group is the year.
    whole: [Regex; 7],
    /// A day and a month, or a month and a year.
    part: [Regex; 3],
    birth: Regex,
    and: Regex,
    birth_before: Regex,
    spoken_year: Regex,
    /// A word for a child right before a date, and right after it.
    child_before: Regex,
    child_behind: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (months, joins, birth) = (any(&words.months), any(&words.date_join), any(&words.birth));
        let (tens, tails, times) = (any(&words.tens), any(&words.tails), any(&words.times));
        let (child, article) = (any(&words.child), any(&words.article));
        // Kreyòl `de` (two) and Spanish `en` (in) are numbers in one language and precede months in another.
        let is_number = |word: &&String| word.len() > 2 && !words.date_join.contains(word);
        let spoken: Vec<String> = words.spoken.keys().filter(is_number).cloned().collect();
        let number = format!("(?:{}|(?:{tens})-?(?:{tails})?)", any(&spoken));
        let and = any(&words.joins);
        let day = format!(
            r"(?:\d{{1,2}} ?(?:º|°|o|ro|er|ye|e|st|nd|rd|th)?|{number}(?:[ -](?:(?:{and}) )?{number})?|(?:{}))",
            any(&words.ordinal)
        );
        let year = format!(r"'?\d\d(?:\d\d)?|(?:{number}|{times})(?:[ -](?:(?:{and}) )?(?:{number}|{times})){{1,6}}");
        let join = format!(r"[ ,./-]*(?:(?:{joins}) ){{0,3}}");
        Patterns {
            whole: [
                pattern(&format!(r"\b{day}{join}(?:{months})\b\.?{join}({year})\b")),
                pattern(&format!(r"\b(?:{months})\.? (?:the )?{day},? ({year})\b")),
                pattern(r"\b\d{1,2}(?: ?[-/. ] ?| del? )\d{1,2}(?: ?[-/. ] ?| del? )((?:19|20)?\d\d)\b"),
                pattern(r"\b((?:19|20)\d\d) ?[-/. ] ?\d{1,2} ?[-/. ] ?\d{1,2}\b"),
                pattern(&format!(r"\b((?:19|20)\d\d){join}{day}{join}(?:{months})\b")),
                pattern(&format!(r"\b((?:19|20)\d\d){join}(?:{months})\b\.?{join}{day}\b")),
                pattern(
                    r"\b\d{1,2}(?: ?[-/.] ?| (?:of |de )?)(?:i{1,3}|i?v|vi{1,3}|i?x|xi{1,2})(?: ?[-/.] ?| (?:of |de )?)((?:19|20)\d\d|\d\d)\b",
                ),
            ],
            part: [
                pattern(&format!(r"\b{day}{join}(?:{months})\b")),
                pattern(&format!(r"\b(?:{months})\.? (?:the )?{day}\b")),
                pattern(&format!(r"\b(?:{months})\b\.?{join}(?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}\b|\b\d{{6}}\b")),
            ],
            birth: pattern(&format!(r"\b(?:{birth})\b")),
            and: pattern(&format!(r"\b(?:{and})\b")),
            birth_before: pattern(&format!(
                r"\b(?:{birth})\b[ :.,(]*(?:(?:{}|{joins}|un|une|jou|day|dia) ?[:.,]? ?){{0,4}}$",
                any(&words.filler)
            )),
            child_before: pattern(&format!(
                r"\b(?:{child})(?: (?:{article}|mwen|m|li)\b){{0,2}}[ ,:(]*(?:(?:del?|el|du|of|the|on|le|se|is|es|:) ?){{0,2}}$"
            )),
            child_behind: pattern(&format!(r"^[ ,(]*(?:(?:the|la|el|for|pou|para|my|mi) ){{0,2}}(?:{child})\b")),
            spoken_year: pattern(&format!(r"^(?:(?:{times}) [a-z]|(?:dis ?nef|diznef|dix neuf|nineteen)\b)")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    for whole in &patterns.whole {
        for found in whole.captures_iter(plain) {
            let (Some(date), Some(year)) = (found.get(0), found.get(1)) else { continue };
            if is_date(date.as_str())
                && (beside_birth(patterns, plain, &date.range())
                    || beside_child(patterns, plain, &date.range())
                    || is_long_ago(patterns, date.as_str(), year.as_str()))
            {
                marked.add(date.range(), Mark::Date);
            }
        }
    }
    let parts = patterns.part.iter().enumerate();
    for (n, found) in parts.flat_map(|(n, part)| part.find_iter(plain).map(move |found| (n, found))) {
        let with_day = n < WITH_DAY;
        if !marked.covers(&found.range())
            && is_date(found.as_str())
            && (patterns.birth_before.is_match(tail(before(plain, found.start())))
                || (with_day && is_of_birth(patterns, plain, found.start())))
        {
            marked.add(found.range(), Mark::Date);
        }
    }
}

fn before(plain: &str, place: usize) -> &str {
    plain.get(..place).unwrap_or_default()
}

/// Whether a word of birth is near, in the same sentence.
fn beside_birth(patterns: &Patterns, plain: &str, date: &Range<usize>) -> bool {
    let near = |text: &str| patterns.birth.is_match(text);
    let ends = |sign: char| "!?;".contains(sign);
    let left = before(plain, date.start);
    let left = left.char_indices().rev().nth(BEFORE).map_or(left, |(from, _)| left.get(from..).unwrap_or_default());
    let right = plain.get(date.end..).unwrap_or_default();
    let right = right.char_indices().nth(AFTER).map_or(right, |(to, _)| right.get(..to).unwrap_or_default());
    near(left.rsplit(ends).next().unwrap_or_default()) || near(right.split(ends).next().unwrap_or_default())
}

/// Whether a word of birth is a few words before a day and month: "born in the hospital of Talca the second of May".
fn is_of_birth(patterns: &Patterns, plain: &str, day: usize) -> bool {
    let left = before(plain, day);
    let left = left.rsplit(|sign: char| ".,!?;:".contains(sign)).next().unwrap_or_default();
    patterns.birth.find_iter(left).last().is_some_and(|birth| {
        let between = left.get(birth.end()..).unwrap_or_default();
        between.split_whitespace().count() <= BETWEEN && !patterns.and.is_match(between)
    })
}

/// Whether a word for a child is right beside a date, with no word between that tells of another event.
fn beside_child(patterns: &Patterns, plain: &str, date: &Range<usize>) -> bool {
    let right = plain.get(date.end..).unwrap_or_default();
    patterns.child_before.is_match(tail(before(plain, date.start))) || patterns.child_behind.is_match(right)
}

fn is_long_ago(patterns: &Patterns, date: &str, year: &str) -> bool {
    let digits = year.trim_start_matches('\'');
    match digits.parse::<u16>() {
        Ok(year) if digits.len() == 4 => (1900..LONG_AGO).contains(&year),
        // Without words or separators, three short numbers may be anything.
        Ok(year) => year >= LAST_CENTURY && (date.contains(['/', '-', '.']) || date.contains(char::is_alphabetic)),
        Err(_) => patterns.spoken_year.is_match(digits) && !digits.starts_with("dos ") && !digits.starts_with("two "),
    }
}

/// Whether the numbers can be a day and a month, in any order.
fn is_date(date: &str) -> bool {
    let numbers: Vec<u16> = date
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|part| !part.is_empty() && part.len() <= 2)
        .filter_map(|part| part.parse().ok())
        .collect();
    match numbers[..] {
        [one, other, ..] if !date.contains(char::is_alphabetic) => {
            (1..=31).contains(&one) && (1..=31).contains(&other) && (one <= 12 || other <= 12)
        }
        [day] if date.contains(char::is_alphabetic) => (1..=31).contains(&day),
        _ => true,
    }
}
