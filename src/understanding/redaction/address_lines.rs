//! Addresses that are only a row of capitalized words and a house number, followed by a comma, the end or a flat.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::homes::{self, pieces, room_behind};
use super::numbers::{is_line, is_year};
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Fewest digits of a house number if only the row announces it.
const HOUSE: usize = 2;
/// A number of up to this many digits after a person's name is an age.
const AGE: usize = 2;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of such addresses.
pub(super) struct Patterns {
    number_last: Regex,
    number_first: Regex,
    divided: Regex,
    /// An abbreviation with a full stop and a number: `d.5`.
    short_room: Regex,
    room_before: Regex,
    paper: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (room, paper, filler) = (any(&words.room), any(&words.paper), any(&words.filler));
        let room_number = r"(?:#|n°|nº|no|nro|numero|number|nimewo)?[ .]?\d{1,4}";
        Patterns {
            number_last: pattern(
                r"((?:(?:[a-z]{1,4}\.|[a-z']+) ){1,5})(?:# ?|n[°º.] ?|no\.? |nro\.? |numero |number |nimewo )?(\d{1,5})(?:-?[a-z])?\b",
            ),
            number_first: pattern(
                r"(?:^|[^\w.,$-])(#?(\d{2,5})(?:-?[a-z])?\b,? )((?:(?:[a-z]{1,4}\.|[a-z']+) ?){2,5})",
            ),
            divided: pattern(&format!(
                r"((?:[a-z']+ ){{0,3}}[a-z']+), ?(?:(?:{filler}|al|en el|#|n°|nº)\b ?){{1,3}}(\d{{1,5}})(?:-?[a-z])?\b"
            )),
            short_room: pattern(r"^, ?[a-z]{1,3}\. ?\d{1,4}\b"),
            room_before: pattern(&format!(r"\b(?:{room})\b\.? ?{room_number},? ?$")),
            paper: pattern(&format!(r"\b(?:{paper})\.? $")),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    if seen.is_shouted() {
        return;
    }
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let rest = |end: usize| plain.get(end..).unwrap_or_default();
    for found in patterns.number_last.captures_iter(plain) {
        let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        let Some(row) = row_before(seen, rules, name.range()) else { continue };
        let before = plain.get(..row.place.start).unwrap_or_default();
        let short_room = patterns.short_room.find(rest(whole.end())).map_or(0, |room| room.end());
        let room = room_behind(seen, whole.end()) || short_room > 0 || patterns.room_before.is_match(before);
        let long = number.len() >= HOUSE && row.is_long && (row.has_article || !row.begins) && ends(rest(whole.end()));
        let age = row.is_person && number.len() <= AGE;
        if (room || (long && !age)) && is_house(patterns, number.as_str(), before) {
            let flat = patterns.room_before.find(before).map_or(row.place.start, |room| room.start());
            homes::add(seen, rules, flat..whole.end() + short_room, marked);
        }
    }
    for found in patterns.number_first.captures_iter(plain) {
        let (Some(start), Some(number), Some(name)) = (found.get(1), found.get(2), found.get(3)) else { continue };
        let Some(row) = row_behind(seen, rules, name.range()) else { continue };
        let behind = room_behind(seen, row.place.end) || ends(rest(row.place.end));
        if row.is_long && behind && is_house(patterns, number.as_str(), plain.get(..start.start()).unwrap_or_default())
        {
            homes::add(seen, rules, start.start()..row.place.end, marked);
        }
    }
    for found in patterns.divided.captures_iter(plain) {
        let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        let Some(row) = row_before(seen, rules, name.range()) else { continue };
        if room_behind(seen, whole.end()) && is_house(patterns, number.as_str(), "") {
            homes::add(seen, rules, row.place.start..whole.end(), marked);
        }
    }
}

/// A row of capitalized words that can be the name of a street.
struct Row {
    place: Range<usize>,
    /// Whether more than one word is capitalized.
    is_long: bool,
    has_article: bool,
    begins: bool,
    is_person: bool,
}

/// The row at the end of these words.
fn row_before(seen: &Seen<'_>, rules: &Rules, words: Range<usize>) -> Option<Row> {
    let words = pieces(&seen.plain, words);
    let back: Vec<_> = words.iter().rev().take_while(|word| can_stand(seen, rules, word)).cloned().collect();
    row(seen, rules, back.into_iter().rev().collect())
}

/// The row at the start of these words.
fn row_behind(seen: &Seen<'_>, rules: &Rules, words: Range<usize>) -> Option<Row> {
    let words = pieces(&seen.plain, words);
    let row_of: Vec<_> = words.into_iter().take_while(|word| can_stand(seen, rules, word)).collect();
    row(seen, rules, row_of)
}

fn row(seen: &Seen<'_>, rules: &Rules, words: Vec<Range<usize>>) -> Option<Row> {
    let text = |word: &Range<usize>| seen.plain.get(word.clone()).unwrap_or_default().trim_end_matches('.');
    let capital = |word: &&Range<usize>| seen.is_capital(word.start);
    let first = words.iter().find(capital)?;
    let last = words.iter().rfind(capital)?;
    let own: Vec<_> = words.iter().filter(capital).collect();
    let name = |word: &str| rules.given.contains(word) || rules.family.contains(word);
    // A town, an office or a month with a number is not a house, and neither is an abbreviation in capitals.
    let public = own.iter().any(|word| {
        let text = text(word);
        rules.institution.contains(text)
            || (rules.known.contains(text) && !name(text))
            || (text.len() > 1 && (word.start..word.start + text.len()).all(|at| seen.is_capital(at)))
    });
    let said = own.iter().any(|word| text(word).len() > 3 && !rules.place.contains(text(word)));
    let before = seen.plain.get(..first.start).unwrap_or_default().trim_end();
    (said && !public).then(|| Row {
        place: first.start..last.end,
        is_long: own.len() > 1,
        has_article: rules.place.contains(text(first)),
        begins: before.is_empty() || before.ends_with(['.', '?', '!']),
        is_person: own.iter().all(|word| name(text(word))),
    })
}

/// Whether a word can be part of a row: capitalized and not a unit or currency, or joining two capitalized words.
fn can_stand(seen: &Seen<'_>, rules: &Rules, word: &Range<usize>) -> bool {
    let text = seen.plain.get(word.clone()).unwrap_or_default();
    let joins = rules.particle.contains(text) || rules.place.contains(text);
    let counts = rules.counted.contains(text) || rules.money.contains(text);
    joins || (seen.is_capital(word.start) && !counts && !rules.function.contains(text))
}

fn ends(rest: &str) -> bool {
    let rest = rest.trim_start_matches(' ');
    rest.is_empty()
        || (rest.starts_with([',', '.', ';', ')'])
            && !rest.get(1..2).is_some_and(|next| next.chars().all(|sign| sign.is_ascii_digit())))
}

fn is_house(patterns: &Patterns, number: &str, before: &str) -> bool {
    !is_year(number) && !is_line(number) && !patterns.paper.is_match(before)
}
