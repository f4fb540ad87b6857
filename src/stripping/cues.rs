//! The words of `locales/<lang>/stripping.toml`, of all languages together, and the patterns made of them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::domain::lang::Lang;
use crate::language::words;
use crate::pack::STARTER;

static CUES: LazyLock<Cues> = LazyLock::new(read);

/// One language's file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct CueWords {
    pub at: Vec<String>,
    pub dot: Vec<String>,
    pub money: Vec<String>,
    pub document: Vec<String>,
    pub filler: Vec<String>,
    pub phone: Vec<String>,
    pub street: Vec<String>,
    pub street_after: Vec<String>,
    pub room: Vec<String>,
    pub lives: Vec<String>,
    pub counted: Vec<String>,
    pub named: Vec<String>,
    pub called: Vec<String>,
    pub relation: Vec<String>,
    pub title: Vec<String>,
    pub place: Vec<String>,
    pub institution: Vec<String>,
    pub known: Vec<String>,
    pub given: Vec<String>,
}

/// Patterns and words, compiled once.
pub(super) struct Cues {
    pub contacts: super::contacts::Patterns,
    pub harmless: super::harmless::Patterns,
    pub numbers: super::numbers::Patterns,
    pub documents: super::documents::Patterns,
    pub addresses: super::addresses::Patterns,
    pub names: super::names::Patterns,
    pub counted: HashSet<String>,
    pub function: HashSet<String>,
    pub place: HashSet<String>,
    pub institution: HashSet<String>,
    pub known: HashSet<String>,
    pub given: HashSet<String>,
    /// Words that people write in questions: no names.
    pub ordinary: HashSet<String>,
}

impl Cues {
    pub fn of_the_program() -> &'static Cues {
        &CUES
    }
}

/// The words as alternatives of a pattern, the longest first.
pub(super) fn any(words: &[String]) -> String {
    let mut words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

#[expect(clippy::panic, reason = "the patterns are part of the program: a broken one must not start")]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("stripping: {error}"))
}

fn read() -> Cues {
    let all = together();
    let set = |words: &[String]| words.iter().cloned().collect::<HashSet<_>>();
    let function = Lang::all().flat_map(|lang| lang.about().function_words.clone()).collect();
    Cues {
        contacts: super::contacts::Patterns::of(&all),
        harmless: super::harmless::Patterns::of(&all),
        numbers: super::numbers::Patterns::of(&all),
        documents: super::documents::Patterns::of(&all),
        addresses: super::addresses::Patterns::of(&all),
        names: super::names::Patterns::of(&all),
        counted: set(&all.counted),
        function,
        place: set(&all.place),
        institution: set(&all.institution),
        known: set(&all.known),
        given: set(&all.given),
        ordinary: ordinary(&all),
    }
}

#[expect(clippy::panic, reason = "the words are part of the program: a broken file must not start")]
fn together() -> CueWords {
    let mut all = CueWords::default();
    for lang in Lang::all() {
        let text = lang.file("stripping.toml").unwrap_or_default();
        let own: CueWords =
            toml::from_str(text).unwrap_or_else(|error| panic!("locales/{lang}/stripping.toml: {error}"));
        all.extend(own);
    }
    all
}

impl CueWords {
    fn extend(&mut self, own: CueWords) {
        let pairs = [
            (&mut self.at, own.at),
            (&mut self.dot, own.dot),
            (&mut self.money, own.money),
            (&mut self.document, own.document),
            (&mut self.filler, own.filler),
            (&mut self.phone, own.phone),
            (&mut self.street, own.street),
            (&mut self.street_after, own.street_after),
            (&mut self.room, own.room),
            (&mut self.lives, own.lives),
            (&mut self.counted, own.counted),
            (&mut self.named, own.named),
            (&mut self.called, own.called),
            (&mut self.relation, own.relation),
            (&mut self.title, own.title),
            (&mut self.place, own.place),
            (&mut self.institution, own.institution),
            (&mut self.known, own.known),
            (&mut self.given, own.given),
        ];
        for (all, own) in pairs {
            all.extend(own);
        }
    }
}

/// How often a word has to stand among the phrasings to be an ordinary one: names stand in one story or two.
const ORDINARY: usize = 3;

/// What the program itself writes and what people are known to ask, less the given names among it.
fn ordinary(all: &CueWords) -> HashSet<String> {
    let own = Lang::all().flat_map(|lang| ["bot.ftl", "smalltalk.tsv", "followups.txt"].map(|name| lang.file(name)));
    let mut found: HashSet<String> = own.flatten().flat_map(|text| words(text, false)).collect();
    let folder = STARTER.get_dir("phrasings").into_iter().flat_map(|folder| folder.files());
    let mut asked: HashMap<String, usize> = HashMap::new();
    for word in folder.filter_map(|file| file.contents_utf8()).flat_map(|text| words(text, false)) {
        *asked.entry(word).or_default() += 1;
    }
    found.extend(asked.into_iter().filter(|(_, times)| *times >= ORDINARY).map(|(word, _)| word));
    for given in &all.given {
        found.remove(given);
    }
    found
}
