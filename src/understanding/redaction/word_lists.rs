//! The word lists of `locales/<lang>/redaction.toml` for all languages together, and how patterns are built from them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::domain::text::lang::Lang;
use crate::starter::STARTER;
use crate::understanding::language::words;

static RULES: LazyLock<Rules> = LazyLock::new(read);

/// One language's file.
#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageWords {
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
    pub presents: Vec<String>,
    pub called: Vec<String>,
    pub relation: Vec<String>,
    pub title: Vec<String>,
    pub place: Vec<String>,
    pub institution: Vec<String>,
    pub known: Vec<String>,
    pub given: Vec<String>,
    pub also_given: Vec<String>,
    pub family: Vec<String>,
    pub particle: Vec<String>,
    pub birth: Vec<String>,
    pub months: Vec<String>,
    pub ordinal: Vec<String>,
    pub date_join: Vec<String>,
    pub plate: Vec<String>,
    pub vehicle: Vec<String>,
    pub label: Vec<String>,
    pub article: Vec<String>,
    pub user: Vec<String>,
    pub secret: Vec<String>,
    pub unit: Vec<String>,
    pub paper: Vec<String>,
    pub child: Vec<String>,
    pub corner: Vec<String>,
    pub tens: Vec<String>,
    pub tails: Vec<String>,
    pub times: Vec<String>,
    pub joins: Vec<String>,
    pub plus: Vec<String>,
    pub dash: Vec<String>,
    pub check: Vec<String>,
    pub letters: Vec<String>,
    pub settlement: Vec<String>,
    pub behind: Vec<String>,
    pub repeat: HashMap<String, usize>,
    pub spoken: HashMap<String, String>,
}

/// The words of all languages, read once.
pub(super) struct Rules {
    /// The lists of each language.
    pub each: Vec<LanguageWords>,
    /// The lists of all languages together.
    pub words: LanguageWords,
    pub money: HashSet<String>,
    pub counted: HashSet<String>,
    pub function: HashSet<String>,
    pub place: HashSet<String>,
    pub institution: HashSet<String>,
    pub known: HashSet<String>,
    pub given: HashSet<String>,
    /// Names that are also ordinary words.
    pub also_given: HashSet<String>,
    pub family: HashSet<String>,
    /// Words inside a name: `de`, `del`, `Saint`.
    pub particle: HashSet<String>,
    /// Words that occur in a known question, even once.
    pub written: HashSet<String>,
    /// Words that occur often, names included.
    pub common: HashSet<String>,
    /// Words that occur often and are not given names.
    pub ordinary: HashSet<String>,
}

impl Rules {
    pub fn of_the_program() -> &'static Rules {
        &RULES
    }

    /// Whether a set contains a word, or each part of a contraction: `can't`, `she's`.
    pub fn has(set: &HashSet<String>, word: &str) -> bool {
        set.contains(word)
            || (word.contains('\'') && word.split('\'').all(|part| part.len() <= 2 || set.contains(part)))
    }
}

/// The words as alternatives of a pattern, longest first.
pub(super) fn any(words: &[String]) -> String {
    let mut words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

#[expect(clippy::panic, reason = "the patterns are part of the program: a broken one must not start")]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("redaction: {error}"))
}

fn read() -> Rules {
    let each: Vec<LanguageWords> = Lang::all().map(of_language).collect();
    let mut all = LanguageWords::default();
    each.iter().cloned().for_each(|own| all.extend(own));
    let asked = asked_words();
    let often = asked.iter().filter(|(_, times)| **times >= ORDINARY).map(|(word, _)| word.clone());
    let common: HashSet<String> = often.chain(own_words()).collect();
    let set = |words: &[String]| words.iter().cloned().collect::<HashSet<_>>();
    let function = Lang::all().flat_map(|lang| lang.about().function_words.clone()).collect();
    Rules {
        counted: set(&all.counted),
        function,
        place: set(&all.place),
        institution: set(&all.institution),
        known: set(&all.known),
        given: set(&all.given),
        also_given: set(&all.also_given),
        family: set(&all.family),
        particle: set(&all.particle),
        money: set(&all.money),
        written: asked.keys().cloned().chain(own_words()).collect(),
        ordinary: common.iter().filter(|word| !all.given.contains(word)).cloned().collect(),
        common,
        each,
        words: all,
    }
}

#[expect(clippy::panic, reason = "the words are part of the program: a broken file must not start")]
fn of_language(lang: Lang) -> LanguageWords {
    let text = lang.file("redaction.toml").unwrap_or_default();
    toml::from_str(text).unwrap_or_else(|error| panic!("locales/{lang}/redaction.toml: {error}"))
}

impl LanguageWords {
    fn extend(&mut self, own: LanguageWords) {
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
            (&mut self.presents, own.presents),
            (&mut self.called, own.called),
            (&mut self.relation, own.relation),
            (&mut self.title, own.title),
            (&mut self.place, own.place),
            (&mut self.institution, own.institution),
            (&mut self.known, own.known),
            (&mut self.given, own.given),
            (&mut self.also_given, own.also_given),
            (&mut self.family, own.family),
            (&mut self.particle, own.particle),
            (&mut self.birth, own.birth),
            (&mut self.months, own.months),
            (&mut self.ordinal, own.ordinal),
            (&mut self.date_join, own.date_join),
            (&mut self.plate, own.plate),
            (&mut self.vehicle, own.vehicle),
            (&mut self.label, own.label),
            (&mut self.article, own.article),
            (&mut self.user, own.user),
            (&mut self.secret, own.secret),
            (&mut self.unit, own.unit),
            (&mut self.paper, own.paper),
            (&mut self.child, own.child),
            (&mut self.corner, own.corner),
            (&mut self.tens, own.tens),
            (&mut self.tails, own.tails),
            (&mut self.times, own.times),
            (&mut self.joins, own.joins),
            (&mut self.plus, own.plus),
            (&mut self.dash, own.dash),
            (&mut self.check, own.check),
            (&mut self.letters, own.letters),
            (&mut self.settlement, own.settlement),
            (&mut self.behind, own.behind),
        ];
        for (all, own) in pairs {
            all.extend(own);
        }
        self.repeat.extend(own.repeat);
        self.spoken.extend(own.spoken);
    }
}

/// Fewest occurrences of an ordinary word among the phrasings: a name occurs in one story or two.
const ORDINARY: usize = 3;

/// The words of the built-in texts.
fn own_words() -> HashSet<String> {
    const FILES: [&str; 4] = ["bot.ftl", "smalltalk.tsv", "followups.txt", "ordinary.txt"];
    let texts = Lang::all().flat_map(|lang| FILES.map(|name| lang.file(name)));
    texts.flatten().flat_map(|text| words(text, false)).collect()
}

/// The words of the starter pack's questions, with their number of occurrences.
fn asked_words() -> HashMap<String, usize> {
    let folder = STARTER.get_dir("phrasings").into_iter().flat_map(|folder| folder.files());
    let mut asked: HashMap<String, usize> = HashMap::new();
    for word in folder.filter_map(|file| file.contents_utf8()).flat_map(|text| words(text, false)) {
        *asked.entry(word).or_default() += 1;
    }
    asked
}
