//! Finds problems in a pack's content that a clerk should correct before people read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::domain::content::Content;
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::content::body::{LONGEST_ANSWER, LONGEST_APART, LONGEST_PART, LONGEST_QUESTION, words};
use crate::domain::content::entry::{Entry, Text};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::readability;
use crate::domain::text::spelling::misspelt;
use crate::understanding::language::fold;

/// Fewest phrasings with which an entry is found reliably in a language.
pub const FEWEST_PHRASINGS: usize = 28;

/// Longest sentence that is easy to read aloud, in words.
const LONGEST_SENTENCE: usize = 15;
/// Lowest readability (INFLESZ scale) of a lead that most people understand: "quite easy".
const EASY: f32 = 65.0;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It has to be corrected.
    Error,
    /// It could be better.
    Hint,
}

/// A problem to correct, or something that could be better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// The entry, office or file.
    pub place: String,
    /// The language, if the problem concerns one.
    pub lang: Option<Lang>,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.weight {
            Weight::Error => {}
            Weight::Hint => f.write_str("hint: ")?,
        }
        match self.lang {
            Some(lang) => write!(f, "{} ({lang}): {}", self.place, self.what),
            None => write!(f, "{}: {}", self.place, self.what),
        }
    }
}

/// All problems, sorted.
pub fn lint(content: &Content) -> Vec<Finding> {
    let mut lint = Lint::default();
    let counts = phrasings_of(content);
    let keys: BTreeSet<&EntryKey> = content.entries.iter().map(|entry| &entry.key).collect();
    for entry in &content.entries {
        lint.words(entry);
        lint.references(entry, content, &keys);
        lint.phrasings(entry, &counts);
    }
    lint.names(content);
    lint.offices(content);
    lint.positions(content);
    lint.twice(content);
    lint.findings.sort();
    lint.findings
}

/// Positions that are possible but not plausible, with the distance.
pub fn positions(content: &Content) -> Vec<Finding> {
    let mut lint = Lint::default();
    lint.positions(content);
    lint.findings
}

fn phrasings_of(content: &Content) -> BTreeMap<(&EntryKey, Lang), usize> {
    let mut counts = BTreeMap::new();
    for phrasing in &content.phrasings {
        if let Some(key) = &phrasing.entry {
            *counts.entry((key, phrasing.lang)).or_default() += 1;
        }
    }
    counts
}

#[derive(Default)]
struct Lint {
    findings: Vec<Finding>,
}

impl Lint {
    fn find(&mut self, place: impl fmt::Display, lang: Option<Lang>, what: impl Into<String>) {
        let (weight, place, what) = (Weight::Error, place.to_string(), what.into());
        self.findings.push(Finding { weight, place, lang, what });
    }

    fn hint(&mut self, place: impl fmt::Display, lang: Lang, what: impl Into<String>) {
        let (weight, place, lang, what) = (Weight::Hint, place.to_string(), Some(lang), what.into());
        self.findings.push(Finding { weight, place, lang, what });
    }

    fn words(&mut self, entry: &Entry) {
        for lang in Lang::all() {
            let Some(text) = entry.texts.get(&lang) else {
                self.find(&entry.key, Some(lang), "question and answer are missing: write them");
                continue;
            };
            self.lengths(entry, lang, text);
            self.easy_words(entry, lang, text);
            let words = text.words();
            let length = text.question.chars().count();
            if length > LONGEST_QUESTION {
                self.find(
                    &entry.key,
                    Some(lang),
                    format!("the question has {length} characters, at most {LONGEST_QUESTION} fit on a button"),
                );
            }
            let texts = [&text.question, &text.apart, &words];
            for wrong in texts.into_iter().flat_map(|text| misspelt(lang, text)) {
                self.find(&entry.key, Some(lang), format!("`{}` is not official spelling: {}", wrong.word, wrong.why));
            }
        }
    }

    /// Words of the lead and of each part.
    fn lengths(&mut self, entry: &Entry, lang: Lang, text: &Text) {
        let lead = (PartName::Lead, &text.answer);
        let parts = text.parts.iter().map(|(aspect, part)| (PartName::Of(*aspect), &part.text));
        let longest = if text.parts.is_empty() { LONGEST_ANSWER } else { LONGEST_PART };
        for (part, rich) in [lead].into_iter().chain(parts) {
            let count = words(rich.markdown());
            if count > longest {
                let what = format!("{part}: it has {count} words, at most {longest} are read");
                self.find(&entry.key, Some(lang), what);
            }
        }
        if words(&text.apart) > LONGEST_APART {
            let what = format!("what tells it apart has more than {LONGEST_APART} words");
            self.find(&entry.key, Some(lang), what);
        }
        if text.parts.is_empty() && words(text.answer.markdown()) > LONGEST_PART {
            self.hint(&entry.key, lang, "it is one long text: divide it into a lead and parts");
        }
        for aspect in Aspect::USUAL.into_iter().filter(|aspect| !text.parts.contains_key(aspect)) {
            self.hint(&entry.key, lang, format!("no part `{}`, which people ask for first", aspect.name()));
        }
    }

    /// Long sentences, and a lead with hard words.
    fn easy_words(&mut self, entry: &Entry, lang: Lang, text: &Text) {
        let parts = text.parts.values().map(|part| &part.text);
        for rich in [&text.answer].into_iter().chain(parts) {
            for sentence in readability::sentences(&rich.words()) {
                let count = words(&sentence);
                if count > LONGEST_SENTENCE {
                    self.hint(&entry.key, lang, format!("{count} words in one sentence: {sentence}"));
                }
            }
        }
        let ease = lang.about().syllables.as_ref().map(|vowels| readability::inflesz(&text.answer.words(), vowels));
        if let Some(ease) = ease.filter(|ease| *ease < EASY) {
            self.hint(&entry.key, lang, format!("the lead is hard to read ({ease:.0} of {EASY}): shorter words"));
        }
    }

    fn references(&mut self, entry: &Entry, content: &Content, keys: &BTreeSet<&EntryKey>) {
        if entry.sources.is_empty() {
            self.find(&entry.key, None, "no source: name the law or agency that the answer rests on");
        }
        for from in entry.provenance.values().map(|from| &from.source) {
            if !content.sources.iter().any(|known| known.key == *from) {
                self.find(&entry.key, None, format!("the source `{from}` of a part is not in the register"));
            }
            if !entry.sources.contains(from) {
                self.find(&entry.key, None, format!("the source `{from}` of a part is not among the entry's sources"));
            }
        }
        for source in &entry.sources {
            if !content.sources.iter().any(|known| known.key == *source) {
                self.find(&entry.key, None, format!("the source `{source}` is not in the register"));
            }
        }
        for related in &entry.related {
            if !keys.contains(related) || *related == entry.key {
                self.find(&entry.key, None, format!("the related entry `{related}` does not exist or is this one"));
            }
        }
        if !content.services.iter().any(|known| known.key == entry.service) {
            self.find(&entry.key, None, format!("the service `{}` does not exist", entry.service));
        }
    }

    fn phrasings(&mut self, entry: &Entry, counts: &BTreeMap<(&EntryKey, Lang), usize>) {
        for lang in Lang::all() {
            let count = counts.get(&(&entry.key, lang)).copied().unwrap_or(0);
            if count < FEWEST_PHRASINGS {
                let wanted = FEWEST_PHRASINGS - count;
                self.find(&entry.key, Some(lang), format!("{count} phrasings: write {wanted} more, as people ask"));
            }
        }
    }

    fn names(&mut self, content: &Content) {
        let topics = content.topics.iter().map(|topic| (topic.key.to_string(), &topic.names));
        let services = content.services.iter().map(|service| (service.key.to_string(), &service.names));
        let sources = content.sources.iter().map(|source| (source.key.to_string(), &source.titles));
        for (key, names) in topics.chain(services).chain(sources) {
            for lang in Lang::all().filter(|lang| !names.contains_key(lang)) {
                self.find(&key, Some(lang), "the name is missing: write it");
            }
        }
        for source in &content.sources {
            if source.link.as_ref().is_some_and(|link| !link.starts_with("https://")) {
                self.find(&source.key, None, "the link must begin with https://");
            }
        }
    }

    fn offices(&mut self, content: &Content) {
        for office in &content.offices {
            if !content.municipalities.iter().any(|known| known.key == office.municipality) {
                self.find(&office.key, None, format!("the municipality `{}` does not exist", office.municipality));
            }
            for service in &office.services {
                if !content.services.iter().any(|known| known.key == *service) {
                    self.find(&office.key, None, format!("the service `{service}` does not exist"));
                }
            }
        }
    }

    fn positions(&mut self, content: &Content) {
        for place in &content.municipalities {
            let others = content.municipalities.iter().filter(|other| other.key != place.key);
            if let Some(km) = place.position.too_far_from_all(others.map(|other| other.position)) {
                let what = format!("its position is {km:.0} km from the nearest municipality: is a minus missing?");
                self.find(&place.key, None, what);
            }
        }
        for office in &content.offices {
            let town = content.municipalities.iter().find(|known| known.key == office.municipality);
            let far = office.position.zip(town).and_then(|(here, town)| here.too_far_from(town.position));
            if let Some(km) = far {
                let what = format!(
                    "its position is {km:.0} km from `{}`: is a minus missing, or are the numbers swapped?",
                    office.municipality
                );
                self.find(&office.key, None, what);
            }
        }
    }

    /// Finds phrasings under two entries: they teach the classifier to doubt both.
    fn twice(&mut self, content: &Content) {
        let mut seen: BTreeMap<(Lang, String), &Option<EntryKey>> = BTreeMap::new();
        for phrasing in &content.phrasings {
            let before = seen.insert((phrasing.lang, fold(&phrasing.text)), &phrasing.entry);
            if let Some(other) = before {
                let name = |key: &Option<EntryKey>| key.as_ref().map_or("-".to_owned(), ToString::to_string);
                let what = format!("the phrasing `{}` stands under {} as well", phrasing.text, name(other));
                self.find(name(&phrasing.entry), Some(phrasing.lang), what);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::offices::position::Position;
    use crate::domain::text::id::SourceKey;
    use crate::domain::text::rich::Rich;
    use crate::pack::{STARTER, embedded, read};

    fn starter() -> Content {
        read(&embedded(&STARTER)).unwrap()
    }

    fn found(content: &Content, what: &str) -> bool {
        lint(content).iter().any(|finding| finding.what.contains(what))
    }

    #[test]
    fn the_starter_pack_has_nothing_to_mend() {
        let errors = lint(&starter()).into_iter().filter(|finding| finding.weight == Weight::Error);
        assert_eq!(errors.map(|finding| finding.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
    }

    #[test]
    fn a_position_that_is_far_from_its_municipality_is_found_with_the_distance() {
        let mut content = starter();
        let office = content.offices.iter_mut().find(|office| office.position.is_some()).unwrap();
        office.position = office.position.and_then(|at| Position::new(-at.lat(), at.lon()).ok());
        assert!(found(&content, "km from `") && found(&content, "is a minus missing"));
        let mut content = starter();
        let place = &mut content.municipalities[0];
        place.position = Position::new(-place.position.lat(), place.position.lon()).unwrap();
        assert!(found(&content, "km from the nearest municipality"));
    }

    #[test]
    fn a_missing_language_is_found() {
        let mut content = starter();
        content.entries[0].texts.pop_first();
        assert!(found(&content, "missing"));
    }

    #[test]
    fn an_answer_that_is_too_long_is_found() {
        let mut content = starter();
        let text = content.entries[0].texts.values_mut().next().unwrap();
        text.answer = Rich::parse(&"word ".repeat(LONGEST_PART + 1)).unwrap();
        assert!(found(&content, "words, at most"));
    }

    #[test]
    fn french_spelling_in_kreyol_is_found() {
        let mut content = starter();
        let ht = Lang::parse("ht").unwrap();
        content.entries[0].texts.get_mut(&ht).unwrap().question = "Qui côté?".into();
        assert!(found(&content, "official spelling"));
    }

    #[test]
    fn a_source_outside_the_register_is_found() {
        let mut content = starter();
        content.entries[0].sources.push("hearsay".parse::<SourceKey>().unwrap());
        assert!(found(&content, "`hearsay` is not in the register"));
    }

    #[test]
    fn too_few_phrasings_and_the_same_one_twice_are_found() {
        let mut content = starter();
        let (first, second) = (content.entries[0].key.clone(), content.entries[1].key.clone());
        let mut twin = content.phrasings.iter().find(|p| p.entry.as_ref() == Some(&first)).unwrap().clone();
        twin.entry = Some(second.clone());
        content.phrasings.retain(|p| p.entry.as_ref() != Some(&second));
        content.phrasings.push(twin);
        assert!(found(&content, "as people ask"));
        assert!(found(&content, &format!("stands under {first} as well")) || found(&content, "as well"));
    }

    #[test]
    fn a_broken_link_cannot_even_be_read() {
        let mut files = embedded(&STARTER);
        let health = files.get_mut("faq/health.toml").unwrap();
        *health = health.replacen("es = \"\"\"\n", "es = \"\"\"\n[x](http:/broken) ", 1);
        let problems = read(&files).unwrap_err();
        assert!(problems.iter().any(|problem| problem.what.contains("link")), "{problems:?}");
    }
}
