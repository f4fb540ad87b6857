//! Home addresses: a street and a number in either order, the flat after it, a corner, coordinates.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::homes::{self, is_name, is_strange, pieces, room_behind, spoken, street_end};
use super::mark::Mark;
use super::numbers::{is_line, is_year};
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Fewest digits of a house number if nothing else announces it.
const HOUSE: usize = 3;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of addresses.
pub(super) struct Patterns {
    street: Regex,
    number_first: Regex,
    street_after: Regex,
    street_alone: Regex,
    street_spoken: Regex,
    lives_spoken: Regex,
    hash: Regex,
    lives: Regex,
    lives_number_first: Regex,
    bare_number_first: Regex,
    bare_number: Regex,
    corner: Regex,
    on_the_map: Regex,
    next_word: Regex,
}

/// A house number: `#12`, `n° 12`, `12-A`, `12 b`.
const NUMBER: &str =
    r"(?:# ?|n[°o.]{0,2} ?|nº ?|num\.? ?|numero |nimewo |number |nro\.? ?|kay )?(\d{1,5})(?:-?[a-z])?\b";
/// A few words of a street's name.
const NAME: &str = r"((?:[a-z'.]+,? ){1,5})";
/// The same, or a street with a number as its name: `calle 14 sur`.
const STREET: &str = r"((?:\d{1,2} )?(?:[a-z'.]+,? ){1,5})";

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (street, after, room, lives) =
            (any(&words.street), any(&words.street_after), any(&words.room), any(&words.lives));
        let spoken = spoken(words);
        let unit = format!(r"(?:{room})\b\.? ?(?:#|n°|numero |number |nimewo )? ?(?:\d{{1,4}}(?:-?[a-z]\b)?|[a-z]\b)");
        Patterns {
            street: pattern(&format!(r"\b(?:{street})\b\.? {STREET}{NUMBER}")),
            street_spoken: pattern(&format!(r"\b(?:{street})\b\.? ((?:[a-z']+ ){{1,4}}?)({spoken})\b")),
            lives_spoken: pattern(&format!(r"\b(?:{lives})\b:? ((?:[a-z']+ ){{1,4}}?)({spoken})\b")),
            hash: pattern(r"((?:[a-z'.]+ ){1,4})# ?\d{2,5}(?:-?[a-z])?\b"),
            number_first: pattern(&format!(r"(?:\b|#){NUMBER},? (?:{street})\b\.? ((?:[a-z'.]+ ?){{1,5}})")),
            street_after: pattern(&format!(r"\b\d{{1,5}}[a-z]? (?:[a-z'.]+ ){{1,3}}(?:{after})\b")),
            street_alone: pattern(&format!(r"\b(?:{street})\b\.? (?:n[°o.]{{0,2}} ?)?\d{{1,4}}\b,? ?(?:{unit})")),
            lives: pattern(&format!(r"\b(?:{lives})\b:? {NAME}{NUMBER}")),
            lives_number_first: pattern(&format!(
                r"\b(?:{lives})\b:? (?:(?:en|el|la|nan|at|in|on|sou|number|numero|nimewo) ){{0,3}}#?(\d{{1,5}}),? ((?:de )?(?:[a-z'.]+ ?){{1,4}})"
            )),
            bare_number_first: pattern(r"(?:^|[^\w.,$-])(#?\d{2,5}(?:-?[a-z])?\b,? )((?:[a-z'.]+ ?){1,4})"),
            bare_number: pattern(&format!(r"((?:[a-z'.]+ ){{1,4}}){NUMBER}")),
            corner: pattern(&format!(
                r"\b(?:{})\b (?:de |la |of |ri |calle )?((?:[a-z'.]+ ){{1,3}})(?:con|y|ak|avek|e|and|with|&) ((?:[a-z'.]+ ?){{1,3}})",
                any(&words.corner)
            )),
            on_the_map: pattern(r"-?\b\d{1,2}[.,]\d{3,}°? ?[a-z]?[,; ]+-?\d{1,3}[.,]\d{3,}"),
            next_word: pattern(r"^[ ,]*([a-z]+)"),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    behind_triggers(seen, rules, marked);
    for found in patterns.number_first.captures_iter(plain) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(2)) else { continue };
        if let Some(end) = street_end(seen, rules, name.range()) {
            homes::add(seen, rules, whole.start()..end, marked);
        }
    }
    for found in patterns.street_after.find_iter(plain) {
        if found.as_str().split(' ').all(|word| !rules.function.contains(word) && !rules.counted.contains(word)) {
            homes::add(seen, rules, found.range(), marked);
        }
    }
    unannounced(seen, rules, marked);
    homes::find(seen, rules, marked);
    let exact = [&patterns.on_the_map, &patterns.street_alone];
    for found in exact.into_iter().flat_map(|pattern| pattern.find_iter(plain)) {
        homes::add(seen, rules, found.range(), marked);
    }
    for found in patterns.corner.captures_iter(plain) {
        let (Some(one), Some(other)) = (found.get(1), found.get(2)) else { continue };
        let strange = [&one, &other].iter().any(|name| named(seen, rules, name.range()).is_some());
        let capital = [&one, &other].iter().all(|name| seen.is_capital(name.start()));
        let end = named(seen, rules, other.range()).or(pieces(plain, other.range()).first().cloned());
        if let Some(end) = end.filter(|_| strange && capital) {
            marked.add(one.start()..end.end, Mark::Address);
        }
    }
}

/// Addresses after a word for a street, or after words such as "I live in".
fn behind_triggers(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    for found in patterns.street.captures_iter(plain) {
        let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        let last = pieces(plain, name.range()).pop();
        let year = is_year(number.as_str()) && !last.is_some_and(|word| is_strange(seen, rules, &word));
        if !year && !is_count(plain, rules, number.end()) && is_name(seen, rules, name) {
            homes::add(seen, rules, whole.range(), marked);
        }
    }
    for found in patterns.lives.captures_iter(plain) {
        let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        if !is_count(plain, rules, number.end()) && !is_year(number.as_str()) && is_name(seen, rules, name) {
            homes::add(seen, rules, name.start()..whole.end(), marked);
        }
    }
    for (pattern, street) in [(&patterns.street_spoken, true), (&patterns.lives_spoken, false)] {
        for found in pattern.captures_iter(plain) {
            let (Some(whole), Some(name), Some(number)) = (found.get(0), found.get(1), found.get(2)) else { continue };
            let last = pieces(plain, name.range()).pop();
            let strange = last.is_some_and(|word| seen.is_capital(word.start) || is_strange(seen, rules, &word));
            let long = street && number.as_str().contains(' ');
            if (strange || long) && !is_count(plain, rules, number.end()) && is_name(seen, rules, name) {
                let start = if street { whole.start() } else { name.start() };
                homes::add(seen, rules, start..whole.end(), marked);
            }
        }
    }
    for found in patterns.lives_number_first.captures_iter(plain) {
        let (Some(number), Some(name)) = (found.get(1), found.get(2)) else { continue };
        if !is_count(plain, rules, number.end())
            && let Some(name) = named(seen, rules, name.range())
        {
            homes::add(seen, rules, number.start()..name.end, marked);
        }
    }
}

/// A house number beside a name that is not a word known from questions; years and counts are not house numbers.
fn unannounced(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let mut from = 0;
    while let Some(found) = patterns.bare_number_first.captures_at(plain, from) {
        let (Some(number), Some(name)) = (found.get(1), found.get(2)) else { break };
        from = number.end();
        let digits = number.as_str().trim_matches(|sign: char| !sign.is_ascii_digit());
        let house = digits.len() >= HOUSE && !is_year(digits) && !is_count(plain, rules, number.end());
        if let Some(name) = named(seen, rules, name.range()).filter(|_| house && !marked.covers(&number.range()))
            && is_written_as_name(seen, &name)
        {
            homes::add(seen, rules, number.start()..name.end, marked);
        }
    }
    for found in patterns.bare_number.captures_iter(plain) {
        let (Some(name), Some(number)) = (found.get(1), found.get(2)) else { continue };
        let room = room_behind(seen, number.end());
        let words: Vec<Range<usize>> = pieces(plain, name.range());
        let named = capitals(seen, rules, &words, room);
        // After a name with several capitals, "for" and "of" do not count as units.
        let count =
            is_count(plain, rules, number.end()) && !(named.is_some() && is_small_next(plain, rules, number.end()));
        let house = number.len() >= HOUSE && !is_year(number.as_str()) && !count;
        if !(house || room) || marked.covers(&number.range()) {
            continue;
        }
        // The words right before the number, as far back as they can be part of a name.
        let capital = |word: &Range<usize>| seen.is_capital(word.start) && !is_small(seen, rules, word);
        let start = words.iter().rev().take_while(|word| is_part(seen, rules, word) || capital(word)).last();
        let strange = words.last().is_some_and(|word| is_strange(seen, rules, word));
        if let Some(start) = start.filter(|start| strange && is_written_as_name(seen, &(start.start..name.end()))) {
            homes::add(seen, rules, start.start..number.end(), marked);
        } else if let Some(start) = named
            && !is_line(number.as_str())
        {
            homes::add(seen, rules, start..number.end(), marked);
        }
    }
    for found in patterns.hash.captures_iter(plain) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
        let words = pieces(plain, name.range());
        if let Some(start) = words.iter().rev().take_while(|word| !is_small(seen, rules, word)).last()
            && !marked.covers(&whole.range())
        {
            homes::add(seen, rules, start.start..whole.end(), marked);
        }
    }
}

/// The start of a street's name that has several capitalized words, or one and a flat after the number: `Cinco de Abril
/// 3910`, `Mapocho 5577 pieza 11`.
fn capitals(seen: &Seen<'_>, rules: &Rules, words: &[Range<usize>], room: bool) -> Option<usize> {
    let text = |word: &Range<usize>| seen.plain.get(word.clone()).unwrap_or_default();
    let capital = |word: &Range<usize>| seen.is_capital(word.start) && !is_small(seen, rules, word);
    let joins = |word: &Range<usize>| rules.particle.contains(text(word)) || rules.place.contains(text(word));
    let name: Vec<_> = words.iter().rev().take_while(|word| capital(word) || joins(word)).collect();
    let start = name.iter().rfind(|word| seen.is_capital(word.start))?;
    let office = name.iter().any(|word| rules.institution.contains(text(word)));
    let begins = seen.plain.get(..start.start).is_some_and(|before| before.trim_end().is_empty());
    let count = name.iter().filter(|word| capital(word)).count();
    let last = words.last().is_some_and(capital);
    (last && !office && (room || (count > 1 && !begins))).then_some(start.start)
}

/// Whether a function word comes next.
fn is_small_next(plain: &str, rules: &Rules, end: usize) -> bool {
    let next = plain.get(end..).and_then(|rest| PATTERNS.next_word.captures(rest)).and_then(|found| found.get(1));
    next.is_some_and(|word| rules.function.contains(word.as_str()))
}

/// Whether a word is a function word, a unit or a currency, and so not part of a name.
fn is_small(seen: &Seen<'_>, rules: &Rules, word: &Range<usize>) -> bool {
    let text = seen.plain.get(word.clone()).unwrap_or_default();
    rules.function.contains(text) || rules.counted.contains(text) || rules.money.contains(text)
}

/// The name at the start of this range, if there is one: words that can be part of a name, at least one of them
/// unknown.
fn named(seen: &Seen<'_>, rules: &Rules, place: Range<usize>) -> Option<Range<usize>> {
    let words = pieces(&seen.plain, place);
    let name: Vec<_> = words.iter().take_while(|word| is_part(seen, rules, word)).collect();
    let (first, last) = (name.first()?, name.last()?);
    name.iter().any(|word| is_strange(seen, rules, word)).then_some(first.start..last.end)
}

/// Whether a street's name has a capital letter that does not begin a sentence, or begins with a saint or an article.
fn is_written_as_name(seen: &Seen<'_>, name: &Range<usize>) -> bool {
    const BEGINNINGS: [&str; 8] = ["san", "santa", "santo", "los", "las", "sen", "sent", "saint"];
    let text = seen.plain.get(name.clone()).unwrap_or_default();
    let first = text.split(' ').next().unwrap_or_default();
    let begins =
        seen.plain.get(..name.start).unwrap_or_default().trim_end().is_empty() && !text.trim_end().contains(' ');
    let capital = pieces(&seen.plain, name.clone()).iter().any(|word| seen.is_capital(word.start));
    BEGINNINGS.contains(&first) || (capital && !begins)
}

/// Whether a word can be a part of a street's name.
fn is_part(seen: &Seen<'_>, rules: &Rules, word: &Range<usize>) -> bool {
    let text = seen.plain.get(word.clone()).unwrap_or_default();
    let joins = rules.place.contains(text) || rules.particle.contains(text);
    joins || is_strange(seen, rules, word)
}

fn is_count(plain: &str, rules: &Rules, end: usize) -> bool {
    let rest = plain.get(end..).unwrap_or_default();
    let next = PATTERNS.next_word.captures(rest).and_then(|found| found.get(1));
    next.is_some_and(|word| rules.counted.contains(word.as_str()) || rules.money.contains(word.as_str()))
}
