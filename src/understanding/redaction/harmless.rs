//! Numbers that identify nobody: amounts and dates.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::Seen;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of amounts and dates.
pub(super) struct Patterns {
    amounts: [Regex; 2],
    dates: [Regex; 2],
}

/// An amount: `15 000`, `1.200.000`, `500000`, with or without cents.
const AMOUNT: &str = r"(?:\d{1,3}(?:[ .,']\d{3}){1,3}|\d{1,9})(?:[.,]\d{1,2})?";

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let money = any(&words.money);
        Patterns {
            amounts: [
                pattern(&format!(r"(?:[$€] ?|\b(?:{money}) )({AMOUNT})\b")),
                pattern(&format!(r"\b({AMOUNT}) ?(?:[$€]|(?:{money})\b)")),
            ],
            dates: [
                pattern(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:19|20)\d\d)\b"),
                pattern(r"\b((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b"),
            ],
        }
    }
}

/// The ranges of amounts and dates.
pub(super) fn find(seen: &Seen<'_>) -> Vec<Range<usize>> {
    let Patterns { amounts, dates } = &*PATTERNS;
    let amounts = amounts.iter().flat_map(|amount| amount.captures_iter(&seen.plain)).filter_map(|found| found.get(1));
    let mut places: Vec<_> =
        amounts.map(|found| found.range()).filter(|place| stands_alone(&seen.plain, place)).collect();
    for found in dates.iter().flat_map(|date| date.captures_iter(&seen.plain)) {
        let (_, [one, month, other]) = found.extract();
        let day = if one.len() == 4 { other } else { one };
        let is = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n));
        let whole = found.get(0).map(|whole| whole.range());
        places.extend(whole.filter(|place| is(day, 31) && is(month, 12) && stands_alone(&seen.plain, place)));
    }
    places
}

/// Whether no more digits are attached to it; otherwise it is part of a longer number.
fn stands_alone(plain: &str, place: &Range<usize>) -> bool {
    let joins = |sign: Option<char>, next: Option<char>| {
        sign.is_some_and(|sign| sign.is_ascii_digit())
            || (sign.is_some_and(|sign| "-./+".contains(sign)) && next.is_some_and(|next| next.is_ascii_digit()))
    };
    let mut before = plain.get(..place.start).unwrap_or_default().chars().rev();
    let mut after = plain.get(place.end..).unwrap_or_default().chars();
    !joins(before.next(), before.next()) && !joins(after.next(), after.next())
}
