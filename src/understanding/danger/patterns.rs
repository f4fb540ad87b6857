//! Words of danger: patterns per language that put a line of help before any answer.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex_automata::nfa::thompson::pikevm::{Cache, PikeVM};
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::literal::{Extractor, Literal};

use super::clerk_patterns::pattern;
use crate::domain::safety::danger::{Danger, DangerEdits, DangerExample, DangerWord, Level, Sign};
use crate::domain::text::lang::Lang;
use crate::understanding::language::fold;

static SHIPPED: LazyLock<Patterns> = LazyLock::new(read);

/// The prefixes of a pattern are cut off after this many letters …
const LONGEST_BEGINNING: usize = 16;
/// … and made shorter if the pattern would have more prefixes than this.
const MOST_BEGINNINGS: usize = 200;

/// The patterns of all languages; each message is tested with all of them, since people mix languages.
pub struct DangerWords {
    own: Patterns,
    /// Indexes of the built-in patterns that are turned off.
    off: HashSet<usize>,
    /// The municipality's examples, by their folded words: such a message is decided before the detector has learned it.
    examples: HashMap<String, DangerExample>,
}

/// A pattern is tested only where one of its prefixes occurs in the message, and is compiled only then.
///
/// As one set of regular expressions the patterns took 35 MB and 1.8 ms per message; now they take some hundredths of
/// that time, and 4 MB once all of them have been compiled.
struct Patterns {
    /// The most urgent danger first.
    patterns: Vec<Pattern>,
    /// The prefixes of all patterns, each after a space; `pattern_of` has the index of the pattern for each.
    beginnings: AhoCorasick,
    pattern_of: Vec<usize>,
    /// Indexes of patterns that can start with anything: tested at every word.
    always: Vec<usize>,
}

struct Pattern {
    word: DangerWord,
    /// The pattern does not match after one of these words: "they arrested him" is danger, "if they arrested him" a
    /// question.
    not_after: Vec<String>,
    /// The regular expression, which ends at the end of a word.
    regex: String,
    compiled: OnceLock<Option<PikeVM>>,
}

impl DangerWords {
    /// The built-in patterns with the municipality's edits. Its own patterns that are not valid (any more) are left
    /// out: they were checked when they were written.
    pub fn of(edits: &DangerEdits) -> DangerWords {
        let places = SHIPPED.patterns.iter().enumerate();
        let off = places.filter(|(_, pattern)| edits.off.contains(&pattern.word)).map(|(place, _)| place).collect();
        let own: Vec<(DangerWord, String)> =
            edits.own.iter().filter_map(|word| Some((word.clone(), pattern(&word.words).ok()?))).collect();
        let examples = edits.examples.iter().map(|example| (folded(&example.text), example.clone())).collect();
        DangerWords { own: compile(own).unwrap_or_else(|_| Patterns::none()), off, examples }
    }

    /// All built-in patterns, the most urgent danger first.
    pub fn shipped() -> impl Iterator<Item = &'static DangerWord> {
        SHIPPED.patterns.iter().map(|pattern| &pattern.word)
    }

    /// The municipality's example that says the same as a message.
    pub fn example(&self, message: &str) -> Option<&DangerExample> {
        self.examples.get(&folded(message))
    }

    /// What patterns and examples say of a message: outside `None` if they do not know it, inside if it is no danger.
    pub fn decided(&self, message: &str) -> Option<Option<Sign>> {
        let named = self.find(message).map(|kind| Sign { kind, level: Level::Alarm });
        named.map(Some).or_else(|| self.example(message).map(DangerExample::sign))
    }

    /// The most urgent danger that a message speaks of.
    pub fn find(&self, message: &str) -> Option<Danger> {
        self.found(message).map(|word| word.kind)
    }

    /// The pattern that matches a message, of the most urgent kind of danger.
    pub fn found(&self, message: &str) -> Option<&DangerWord> {
        let message = format!(" {}", folded(message));
        let own = self.own.first(&message, &HashSet::new());
        let shipped = SHIPPED.first(&message, &self.off);
        own.into_iter().chain(shipped).min_by_key(|word| word.kind)
    }
}

impl Patterns {
    fn none() -> Patterns {
        let beginnings = AhoCorasick::new(Vec::<&[u8]>::new()).unwrap_or_else(|_| SHIPPED.beginnings.clone());
        Patterns { patterns: Vec::new(), beginnings, pattern_of: Vec::new(), always: Vec::new() }
    }

    /// The first pattern that matches and is not turned off; the message starts with a space.
    fn first(&self, message: &str, off: &HashSet<usize>) -> Option<&DangerWord> {
        let begun = self.beginnings.find_overlapping_iter(message);
        let begun = begun.filter_map(|found| Some((*self.pattern_of.get(found.pattern().as_usize())?, found.start())));
        let words = || message.match_indices(' ').map(|(space, _)| space);
        let anywhere = self.always.iter().flat_map(|place| words().map(|space| (*place, space)));
        // Patterns are stored in order of urgency: the first match is the most urgent.
        let likely: BTreeSet<(usize, usize)> =
            begun.chain(anywhere).filter(|(place, _)| !off.contains(place)).collect();
        let mut cache = None;
        let mut begun = likely.into_iter().filter_map(|(place, space)| Some((self.patterns.get(place)?, space)));
        begun.find(|(pattern, space)| pattern.fits(message, *space, &mut cache)).map(|(pattern, _)| &pattern.word)
    }
}

impl Pattern {
    /// Whether the pattern matches after the space at this index.
    fn fits(&self, message: &str, space: usize, cache: &mut Option<Cache>) -> bool {
        let (before, _) = message.split_at(space);
        let last = before.rsplit(' ').next().unwrap_or_default();
        if self.not_after.iter().any(|word| word == last) {
            return false;
        }
        let Some(regex) = self.compiled() else { return false };
        let cache = cache.get_or_insert_with(|| regex.create_cache());
        cache.reset(regex);
        // Without the leading space, so that `^` is the start of the message.
        let words = message.get(1..).unwrap_or_default();
        regex.is_match(cache, Input::new(words).range(space..).anchored(Anchored::Yes))
    }

    /// Folded words have plain letters only, and only whether there is a match matters: no Unicode tables, no groups.
    ///
    /// Nothing if it cannot be compiled: a test compiles the built-in ones, and [`pattern`] creates none of that kind.
    fn compiled(&self) -> Option<&PikeVM> {
        let compile = || {
            let nfa = NFA::config().utf8(false).which_captures(WhichCaptures::None);
            let plain = syntax::Config::new().unicode(false).utf8(false);
            PikeVM::builder().syntax(plain).thompson(nfa).build(&self.regex).ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

/// Messages that must not raise an alarm: the console shows which of them a new pattern would match.
pub fn ordinary_questions(lang: Lang) -> impl Iterator<Item = &'static str> {
    let lines = lang.file("ordinary.txt").unwrap_or_default().lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Reads the patterns of `locales/<lang>/danger.toml`.
#[expect(clippy::panic, reason = "the patterns are part of the program: a broken one must not start")]
fn read() -> Patterns {
    let mut written: Vec<(DangerWord, String)> = Vec::new();
    for lang in Lang::all() {
        let text = lang.file("danger.toml").unwrap_or_default();
        let file: BTreeMap<Danger, Vec<String>> =
            toml::from_str(text).unwrap_or_else(|error| panic!("locales/{lang}/danger.toml: {error}"));
        let words = |(kind, words): (Danger, Vec<String>)| {
            words.into_iter().map(move |words| (DangerWord { lang, kind, words: words.clone() }, words))
        };
        written.extend(file.into_iter().flat_map(words));
    }
    compile(written).unwrap_or_else(|error| panic!("danger.toml: {error}"))
}

fn compile(mut written: Vec<(DangerWord, String)>) -> Result<Patterns, Box<dyn std::error::Error>> {
    written.sort_by_key(|(word, _)| word.kind);
    let (mut patterns, mut always) = (Vec::new(), Vec::new());
    let (mut beginnings, mut pattern_of) = (Vec::new(), Vec::new());
    for (place, (word, pattern)) in written.into_iter().enumerate() {
        let (not_after, pattern) = not_after(&pattern);
        match ways_to_begin(pattern)? {
            Some(ways) => {
                pattern_of.extend(std::iter::repeat_n(place, ways.len()));
                beginnings.extend(ways.iter().map(|way| [b" ", way.as_bytes()].concat()));
            }
            None => always.push(place),
        }
        let regex = format!("(?:{pattern})(?: |$)");
        patterns.push(Pattern { word, not_after, regex, compiled: OnceLock::new() });
    }
    Ok(Patterns { patterns, beginnings: AhoCorasick::new(beginnings)?, pattern_of, always })
}

/// The words of a leading `(?<!one|another)`, which the regex crate does not support, and the pattern after it.
fn not_after(pattern: &str) -> (Vec<String>, &str) {
    let Some((words, rest)) = pattern.strip_prefix("(?<!").and_then(|behind| behind.split_once(')')) else {
        return (Vec::new(), pattern);
    };
    (words.split('|').map(str::to_owned).collect(), rest)
}

/// The letters with which a match can start; nothing if it can start with anything.
fn ways_to_begin(pattern: &str) -> Result<Option<Vec<Literal>>, Box<dyn std::error::Error>> {
    let mut ways = Extractor::new().limit_total(MOST_BEGINNINGS).extract(&regex_syntax::parse(pattern)?);
    ways.keep_first_bytes(LONGEST_BEGINNING);
    ways.dedup();
    Ok(ways.literals().filter(|ways| ways.iter().all(|way| !way.is_empty())).map(<[Literal]>::to_vec))
}

/// The message in the form that the patterns expect: folded, with single spaces between words.
fn folded(message: &str) -> String {
    let plain = fold(message);
    let kept = plain.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '*'));
    kept.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/danger/<lang>.tsv`: `danger<TAB>text`.
    fn samples(lang: Lang) -> Vec<(Danger, String)> {
        let path = format!("{}/tests/danger/{lang}.tsv", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let rows = text.lines().skip(1).map(|line| line.split_once('\t').expect(line));
        rows.map(|(kind, text)| (Danger::parse(kind).expect(kind), text.to_owned())).collect()
    }

    fn shipped() -> DangerWords {
        DangerWords::of(&DangerEdits::default())
    }

    #[test]
    fn every_pattern_of_the_program_can_be_compiled() {
        for pattern in &SHIPPED.patterns {
            assert!(pattern.compiled().is_some(), "{}", pattern.regex);
        }
    }

    #[test]
    fn every_message_of_danger_is_found_in_every_language() {
        let words = shipped();
        for lang in Lang::all() {
            let missed: Vec<_> = samples(lang).into_iter().filter(|(_, text)| words.find(text).is_none()).collect();
            assert_eq!(missed, [], "{lang}");
        }
    }

    #[test]
    fn ordinary_questions_raise_no_alarm() {
        let words = shipped();
        for lang in Lang::all() {
            assert!(ordinary_questions(lang).count() >= 100, "{lang}");
            let alarms: Vec<_> = ordinary_questions(lang)
                .filter_map(|text| words.found(text).map(|word| (text, word.kind, &word.words)))
                .collect();
            assert_eq!(alarms, [], "{lang}");
        }
    }

    #[test]
    fn a_pattern_does_not_count_behind_the_words_that_make_a_question_of_it() {
        let word = DangerWord { lang: Lang::first(), kind: Danger::Arrest, words: String::new() };
        let one = compile(vec![(word, "(?<!si|kan)yo (?:te )?kenbe li".to_owned())]).unwrap();
        let fits = |message: &str| one.first(&format!(" {message}"), &HashSet::new()).is_some();
        for danger in ["yo kenbe li", "maten an yo te kenbe li", "masi yo kenbe li", "si yo vini yo kenbe li"] {
            assert!(fits(danger), "{danger}");
        }
        for question in ["si yo kenbe li", "sa pou m fe kan yo te kenbe li", "yo kenbe lis la"] {
            assert!(!fits(question), "{question}");
        }
    }

    #[test]
    fn every_language_has_words_for_every_danger() {
        for lang in Lang::all() {
            for kind in Danger::ALL {
                let count = samples(lang).iter().filter(|(found, _)| *found == kind).count();
                assert!(count >= 10, "{lang} {}: {count} samples", kind.name());
            }
        }
    }

    #[test]
    fn the_municipalitys_own_words_are_found_and_what_it_turned_off_is_not() {
        let lang = Lang::first();
        let word = |kind, words: &str| DangerWord { lang, kind, words: words.to_owned() };
        let (kind, text) = samples(lang).remove(0);
        let by = shipped().found(&text).cloned().unwrap();
        let own = vec![word(Danger::Child, "kay … dife"), word(kind, "(not|closed")];
        let edits = DangerEdits { own, off: vec![by.clone()], ..DangerEdits::default() };
        let words = DangerWords::of(&edits);
        assert_eq!(words.find("Kay mwen an pran DIFE!"), Some(Danger::Child));
        assert_ne!(words.found(&text), Some(&by));
        assert_eq!(shipped().find("Kay mwen an pran DIFE!"), None);
    }
}
