//! Words of danger: patterns per language that put a line of help before any answer.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_automata::util::syntax;
use regex_syntax::hir::literal::{Extractor, Literal};

use crate::domain::danger::Danger;
use crate::domain::lang::Lang;
use crate::language::fold;

static WORDS: LazyLock<DangerWords> = LazyLock::new(read);

/// A pattern's beginnings are cut off after this many letters …
const LONGEST_BEGINNING: usize = 12;
/// … and a pattern that may begin in more ways than these is cut shorter.
const MOST_BEGINNINGS: usize = 60;

/// Patterns of danger in all languages; each message is tried with all of them, since people mix languages.
///
/// A pattern is only tried where one of the ways in which it can begin stands in the message: as one set of regular expressions they
/// took 35 MB and 1.8 ms a message, now 4 MB and a tenth of the time.
pub struct DangerWords {
    patterns: Vec<(Danger, PikeVM)>,
    /// How patterns can begin, each behind a space; and which pattern each belongs to.
    beginnings: AhoCorasick,
    pattern_of: Vec<usize>,
    /// Patterns that may begin with anything.
    always: Vec<usize>,
}

impl DangerWords {
    /// The patterns of `locales/<lang>/danger.toml`, read once.
    pub fn of_the_program() -> &'static DangerWords {
        &WORDS
    }

    /// The most urgent danger that a message speaks of.
    pub fn find(&self, message: &str) -> Option<Danger> {
        let message = format!(" {}", folded(message));
        let begun = self.beginnings.find_overlapping_iter(&message).map(|found| self.pattern_of[found.pattern()]);
        let mut likely: Vec<usize> = begun.chain(self.always.iter().copied()).collect();
        // In the order of urgency, as the patterns are kept: the first that fits is the most urgent.
        likely.sort_unstable();
        likely.dedup();
        let fits =
            |(_, pattern): &&(Danger, PikeVM)| pattern.is_match(&mut pattern.create_cache(), message.trim_start());
        likely.iter().filter_map(|place| self.patterns.get(*place)).find(fits).map(|(danger, _)| *danger)
    }
}

/// All languages' patterns, the most urgent danger first.
#[expect(clippy::panic, reason = "the patterns are part of the program: a broken one must not start")]
fn read() -> DangerWords {
    let mut written: Vec<(Danger, String)> = Vec::new();
    for lang in Lang::all() {
        let text = lang.file("danger.toml").unwrap_or_default();
        let file: BTreeMap<Danger, Vec<String>> =
            toml::from_str(text).unwrap_or_else(|error| panic!("locales/{lang}/danger.toml: {error}"));
        written
            .extend(file.into_iter().flat_map(|(kind, words)| words.into_iter().map(move |pattern| (kind, pattern))));
    }
    written.sort_by_key(|(kind, _)| *kind);
    compile(&written).unwrap_or_else(|error| panic!("danger.toml: {error}"))
}

fn compile(written: &[(Danger, String)]) -> Result<DangerWords, Box<dyn std::error::Error>> {
    let (mut patterns, mut always) = (Vec::new(), Vec::new());
    let (mut beginnings, mut pattern_of) = (Vec::new(), Vec::new());
    for (place, (kind, pattern)) in written.iter().enumerate() {
        patterns.push((*kind, compiled(&format!("(?:^| )(?:{pattern})(?: |$)"))?));
        match ways_to_begin(pattern)? {
            Some(ways) => {
                pattern_of.extend(std::iter::repeat_n(place, ways.len()));
                beginnings.extend(ways.iter().map(|way| [b" ", way.as_bytes()].concat()));
            }
            None => always.push(place),
        }
    }
    Ok(DangerWords { patterns, beginnings: AhoCorasick::new(beginnings)?, pattern_of, always })
}

/// Folded words have plain letters only, and only whether there is a match is asked: no tables of Unicode, no groups.
fn compiled(pattern: &str) -> Result<PikeVM, Box<dyn std::error::Error>> {
    let nfa = NFA::config().utf8(false).which_captures(WhichCaptures::None);
    let plain = syntax::Config::new().unicode(false).utf8(false);
    Ok(PikeVM::builder().syntax(plain).thompson(nfa).build(pattern)?)
}

/// The letters with which a match can begin; nothing where that is anything.
fn ways_to_begin(pattern: &str) -> Result<Option<Vec<Literal>>, Box<dyn std::error::Error>> {
    let mut ways = Extractor::new().limit_total(MOST_BEGINNINGS).extract(&regex_syntax::parse(pattern)?);
    ways.keep_first_bytes(LONGEST_BEGINNING);
    ways.dedup();
    Ok(ways.literals().filter(|ways| ways.iter().all(|way| !way.is_empty())).map(<[Literal]>::to_vec))
}

/// The message as the patterns see it: folded, and only single spaces between words.
fn folded(message: &str) -> String {
    let plain = fold(message);
    let kept = plain.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '*'));
    kept.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/danger/<lang>.tsv`: `danger<TAB>text`, with `-` for ordinary questions.
    fn samples(lang: Lang) -> Vec<(Option<Danger>, String)> {
        let path = format!("{}/tests/danger/{lang}.tsv", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let rows = text.lines().skip(1).map(|line| line.split_once('\t').expect(line));
        rows.map(|(kind, text)| (Danger::ALL.into_iter().find(|d| d.name() == kind), text.to_owned())).collect()
    }

    #[test]
    fn every_message_of_danger_is_found_in_every_language() {
        let words = DangerWords::of_the_program();
        for lang in Lang::all() {
            let missed: Vec<_> =
                samples(lang).into_iter().filter(|(kind, text)| kind.is_some() && words.find(text).is_none()).collect();
            assert_eq!(missed, [], "{lang}");
        }
    }

    #[test]
    fn ordinary_questions_raise_no_alarm() {
        let words = DangerWords::of_the_program();
        for lang in Lang::all() {
            let alarms: Vec<_> = samples(lang)
                .into_iter()
                .filter(|(kind, _)| kind.is_none())
                .filter_map(|(_, text)| words.find(&text).map(|kind| (kind, text)))
                .collect();
            assert_eq!(alarms, [], "{lang}");
        }
    }

    #[test]
    fn every_language_has_words_for_every_danger() {
        for lang in Lang::all() {
            for kind in Danger::ALL {
                let count = samples(lang).iter().filter(|(found, _)| *found == Some(kind)).count();
                assert!(count >= 10, "{lang} {}: {count} samples", kind.name());
            }
        }
    }
}
