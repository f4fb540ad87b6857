//! The rest of an address (flat, settlement, "behind the house"), and settlements without streets.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Match, Regex};

use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::numbers::is_year;
use super::word_lists::{LanguageWords, Rules, any, pattern};
use crate::domain::text::lang::Lang;

/// Longest abbreviation, with its full stop: `psje.`, `poblac.`.
const ABBREVIATION: usize = 7;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of flats and settlements.
pub(super) struct Patterns {
    room: Regex,
    rooms: Regex,
    /// A number alone after a flat or tower: `tower B, 1811`.
    more: Regex,
    settlement: Regex,
    lot: Regex,
    behind: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (room, settlement, ordinal) = (any(&words.room), any(&words.settlement), any(&words.ordinal));
        let spoken = spoken(words);
        let sign = r"(?:#|n°|nº|n|no|numero|number|nimewo)?[ .]?";
        let sign_number = r"(?:#|n°|nº|nro|numero|number|nimewo)\.? ?\d{1,5}(?:-?[a-z])?\b";
        let short = format!(r"(?:{room})\b\.? ?{sign}(?:\d{{1,4}}(?:-?[a-z]\b)?|[a-z]\b)");
        let unit = format!(
            r"(?:{short}|(?:{room})\b\.? ?{sign}{spoken}\b|{sign_number}|(?:{ordinal}|\d{{1,2}}(?:st|nd|rd|th|er|do|º|°)?) (?:{room})\b)"
        );
        Patterns {
            room: pattern(&format!(r"^,? ?(?:y |ak |and |de |la |el |del |nan |en |in |on |the ){{0,2}}{unit}")),
            rooms: pattern(&format!(r"\b{short}(?:,? ?(?:y |ak |and |de |la |del |nan )?{short})+")),
            more: pattern(r"^, ?(\d{2,4})\b"),
            settlement: pattern(&format!(
                r"^,? ?(?:(?:de|en|of|in|at|nan|del|la|el|the) ){{0,2}}(?:{settlement})\b\.? ((?:[a-z'.]+ ?){{1,5}})"
            )),
            lot: pattern(&format!(r"\b(?:{settlement})\b\.? ((?:[a-z'.]+,? ){{1,5}}){short}")),
            behind: pattern(&format!(r"^,? ?(?:{})\b", any(&words.behind))),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let plain = seen.plain.as_str();
    for found in PATTERNS.rooms.find_iter(plain) {
        add(seen, rules, found.range(), marked);
    }
    for found in PATTERNS.lot.captures_iter(plain) {
        if let (Some(whole), Some(name)) = (found.get(0), found.get(1))
            && is_name(seen, rules, name)
        {
            add(seen, rules, whole.range(), marked);
        }
    }
}

/// Marks an address with the parts that follow it.
pub(super) fn add(seen: &Seen<'_>, rules: &Rules, mut place: Range<usize>, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    // A range marked earlier, such as a flat, may be part of it.
    place = marked.with(&place);
    loop {
        let rest = seen.plain.get(place.end..).unwrap_or_default();
        let room = patterns.room.find(rest).map(|found| found.end());
        let more =
            || patterns.more.captures(rest).and_then(|found| found.get(1)).filter(|more| !is_year(more.as_str()));
        let behind = || patterns.behind.find(rest).map(|found| found.end());
        let settled = || settlement(seen, rules, place.end);
        match room.or_else(settled).or_else(behind) {
            Some(length) => place.end += length,
            None => {
                place.end += if has_room(seen, &place) { more().map_or(0, |more| more.end()) } else { 0 };
                break;
            }
        }
    }
    marked.add(place, Mark::Address);
}

/// Whether a flat or tower follows.
pub(super) fn room_behind(seen: &Seen<'_>, end: usize) -> bool {
    seen.plain.get(end..).is_some_and(|rest| PATTERNS.room.is_match(rest))
}

fn has_room(seen: &Seen<'_>, place: &Range<usize>) -> bool {
    let text = seen.plain.get(place.clone()).unwrap_or_default();
    text.char_indices().filter(|(_, sign)| ", ".contains(*sign)).any(|(at, _)| room_behind(seen, place.start + at))
}

/// The length of a settlement's name at this offset, with the word that announces it.
fn settlement(seen: &Seen<'_>, rules: &Rules, from: usize) -> Option<usize> {
    let found = PATTERNS.settlement.captures(seen.plain.get(from..)?)?;
    let name = found.get(1)?;
    let (mut end, mut joined) = (None, true);
    for word in pieces(&seen.plain, from + name.start()..from + name.end()) {
        let text = seen.plain.get(word.clone())?;
        let capital = seen.is_capital(word.start) && !rules.function.contains(text);
        if capital || is_strange(seen, rules, &word) || (joined && !rules.function.contains(text) && end.is_none()) {
            (end, joined) = (Some(word.end), false);
        } else if rules.particle.contains(text) || rules.place.contains(text) {
            joined = true;
        } else {
            break;
        }
        if seen.plain.get(word.end..).is_some_and(|rest| rest.starts_with([',', '.'])) {
            break;
        }
    }
    end.map(|end| end - from)
}

/// The end of a street's name at the start of this range: articles, a word, and the capitalized words after it.
pub(super) fn street_end(seen: &Seen<'_>, rules: &Rules, name: Range<usize>) -> Option<usize> {
    let (mut end, mut joined) = (None, true);
    for word in pieces(&seen.plain, name) {
        let text = seen.plain.get(word.clone()).unwrap_or_default();
        let joins = rules.particle.contains(text) || rules.place.contains(text);
        if !joins && (rules.function.contains(text) || !(joined && end.is_none() || seen.is_capital(word.start))) {
            break;
        }
        joined = joins;
        end = if joins { end } else { Some(word.end) };
        if seen.plain.get(word.end..).is_some_and(|rest| rest.starts_with([',', '.'])) {
            break;
        }
    }
    end
}

/// The words of a range.
pub(super) fn pieces(plain: &str, place: Range<usize>) -> Vec<Range<usize>> {
    let text = plain.get(place.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut from = place.start;
    for word in text.split(' ') {
        if !word.is_empty() {
            found.push(from..from + word.trim_end_matches([',', '.']).len());
        }
        from += word.len() + 1;
    }
    found
}

/// Whether it is a street's name: it has a capital letter, or does not end with a function word and has at most one.
pub(super) fn is_name(seen: &Seen<'_>, rules: &Rules, name: Match<'_>) -> bool {
    let capital = (name.start()..name.end()).any(|place| seen.plain.is_char_boundary(place) && seen.is_capital(place));
    let last = name.as_str().split([' ', ',']).rfind(|word| !word.is_empty()).unwrap_or_default();
    let sentence = name.as_str().split([' ', ',']).filter(|word| rules.function.contains(*word)).count();
    // A name does not contain the end of a sentence: "in the lane. He is 19".
    let ends = name.as_str().split(' ').any(|word| word.len() > ABBREVIATION && word.ends_with('.'));
    !ends && (capital || (!rules.function.contains(last) && sentence <= 1))
}

/// Whether a word is unknown and may be a name: capitalized or not, it is not a word that people write in questions.
pub(super) fn is_strange(seen: &Seen<'_>, rules: &Rules, word: &Range<usize>) -> bool {
    let text = seen.plain.get(word.clone()).unwrap_or_default();
    let known = rules.function.contains(text) || rules.counted.contains(text) || rules.money.contains(text);
    let heard = if seen.is_capital(word.start) { &rules.ordinary } else { &rules.written };
    let written = Rules::has(heard, text);
    text.len() > 2 && !known && !rules.institution.contains(text) && (!written || rules.given.contains(text))
}

/// A number in words, as part of a pattern.
pub(super) fn spoken(words: &LanguageWords) -> String {
    let all: Vec<String> = words.spoken.keys().chain(&words.times).cloned().collect();
    // Kreyòl `de` and `san` (two, a hundred) are Spanish words too: no number starts with them.
    let small = |word: &str| Lang::all().any(|lang| lang.about().function_words.iter().any(|small| small == word));
    let begins = |word: &&String| word.len() > 2 && !small(word) && !words.place.contains(word);
    let first: Vec<String> = all.iter().filter(begins).cloned().collect();
    let (tens, tails) = (any(&words.tens), any(&words.tails));
    let high = format!(r"(?:{tens})-?(?:{tails})?");
    format!(r"(?:{}|{high})(?:[ -](?:(?:{}) )?(?:{}|{high})\b){{0,6}}", any(&first), any(&words.joins), any(&all))
}
