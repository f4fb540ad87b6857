//! Names revealed by the words around them: repeated, spelled ("with k, not c"), or followed by "is my name".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Shorter words are not recognised as names.
const SHORTEST: usize = 3;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of such names.
pub(super) struct Patterns {
    word: Regex,
    spelled: Regex,
    corrected: Regex,
    called_behind: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let label = any(&words.label);
        let with = "(?:ak|avek|con|kon|with)";
        Patterns {
            word: pattern(r"[a-z][a-z'-]*"),
            spelled: pattern(&format!(
                r"\b([a-z'-]{{3,}}),? {with} ([a-z])\b,? (?:y |e |and |epi )?(?:pa|no|not)(?: {with})? ([a-z'-]+)"
            )),
            corrected: pattern(r"\b(?:is|es|se) ([a-z'-]{4,}),? (?:y |e |and |epi )?(?:pa|no|not) ([a-z'-]{4,})"),
            called_behind: pattern(&format!(
                r"\b((?:[a-z'-]+ ){{1,3}})(?:is|es|se) (?:(?:my|his|her|the|mi|su|el) )?(?:(?:complete|full|real|true|legal) )?(?:{label})\b"
            )),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let plain = seen.plain.as_str();
    let text = |place: &Range<usize>| plain.get(place.clone()).unwrap_or_default();
    let strange = |word: &str| {
        word.len() >= SHORTEST
            && !rules.common.contains(word)
            && !rules.function.contains(word)
            && !rules.known.contains(word)
    };
    for found in patterns.spelled.captures_iter(plain) {
        for name in [found.get(1), found.get(3)].into_iter().flatten() {
            if strange(name.as_str()) {
                marked.add(name.range(), Mark::Name);
            }
        }
    }
    for found in patterns.corrected.captures_iter(plain) {
        let (Some(right), Some(wrong)) = (found.get(1), found.get(2)) else { continue };
        if are_alike(right.as_str(), wrong.as_str()) && strange(right.as_str()) && strange(wrong.as_str()) {
            marked.add(right.range(), Mark::Name);
            marked.add(wrong.range(), Mark::Name);
        }
    }
    for name in patterns.called_behind.captures_iter(plain).filter_map(|found| found.get(1)) {
        let words: Vec<Range<usize>> = patterns
            .word
            .find_iter(name.as_str())
            .map(|word| name.start() + word.start()..name.start() + word.end())
            .collect();
        let back: Vec<_> = words.iter().rev().take_while(|word| strange(text(word))).collect();
        if let (Some(first), Some(last)) = (back.last(), back.first()) {
            marked.add(first.start..last.end, Mark::Name);
        }
    }
    let names: Vec<&str> = marked
        .names()
        .flat_map(|place| {
            patterns.word.find_iter(plain.get(place.clone()).unwrap_or_default()).map(|word| word.as_str())
        })
        .filter(|word| strange(word) && !rules.particle.contains(*word))
        .collect();
    for word in patterns.word.find_iter(plain) {
        if names.contains(&word.as_str()) && !marked.covers(&word.range()) {
            marked.add(word.range(), Mark::Name);
        }
    }
}

/// Whether two words may be two spellings of one name: most of their letters are the same, counted from the end.
fn are_alike(one: &str, other: &str) -> bool {
    let same = one.bytes().rev().zip(other.bytes().rev()).filter(|(one, other)| one == other).count();
    one != other && same * 2 > one.len().max(other.len())
}
