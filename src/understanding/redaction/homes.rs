//! What stands behind a street and its number: the flat, the settlement, "behind the house"; and settlements that have no streets.

use std::ops::Range;

use regex::Regex;

use super::Mark;
use super::addresses::{is_name, is_strange, pieces};
use super::folded_text::{Marked, Seen};
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// How flats and settlements look.
pub(super) struct Patterns {
    room: Regex,
    rooms: Regex,
    /// A number alone behind a flat or tower: `tower B, 1811`.
    more: Regex,
    settlement: Regex,
    lot: Regex,
    behind: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (room, settlement, ordinal) = (any(&words.room), any(&words.settlement), any(&words.ordinal));
        let spoken = super::addresses::spoken(words);
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
    for found in rules.homes.rooms.find_iter(plain) {
        add(seen, rules, found.range(), marked);
    }
    for found in rules.homes.lot.captures_iter(plain) {
        if let (Some(whole), Some(name)) = (found.get(0), found.get(1))
            && is_name(seen, rules, name)
        {
            add(seen, rules, whole.range(), marked);
        }
    }
}

/// Marks an address with what belongs to it.
pub(super) fn add(seen: &Seen<'_>, rules: &Rules, mut place: Range<usize>, marked: &mut Marked) {
    let patterns = &rules.homes;
    // What is marked already may be a part of it, as a flat is.
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
                place.end += if has_room(seen, rules, &place) { more().map_or(0, |more| more.end()) } else { 0 };
                break;
            }
        }
    }
    marked.add(place, Mark::Address);
}

/// Whether a flat or tower is a part of an address.
pub(super) fn room_behind(seen: &Seen<'_>, rules: &Rules, end: usize) -> bool {
    seen.plain.get(end..).is_some_and(|rest| rules.homes.room.is_match(rest))
}

fn has_room(seen: &Seen<'_>, rules: &Rules, place: &Range<usize>) -> bool {
    let text = seen.plain.get(place.clone()).unwrap_or_default();
    text.char_indices()
        .filter(|(_, sign)| ", ".contains(*sign))
        .any(|(at, _)| room_behind(seen, rules, place.start + at))
}

/// How long the name of a settlement is that begins here, with the word that says so.
fn settlement(seen: &Seen<'_>, rules: &Rules, from: usize) -> Option<usize> {
    let found = rules.homes.settlement.captures(seen.plain.get(from..)?)?;
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

pub(super) fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Lines that anybody may call: `ChileAtiende 101`, `Salud Responde 600`.
pub(super) fn is_line(number: &str) -> bool {
    number.starts_with("600")
        || number.starts_with("800")
        || (number.starts_with('1') && number.len() == 3)
        || number.starts_with("14")
}

/// Where a street's name ends that begins here: articles, a word, and what follows it with a capital letter.
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
