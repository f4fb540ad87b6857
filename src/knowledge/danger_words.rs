//! Words of danger: patterns per language that put a line of help before any answer.

use std::collections::BTreeMap;

use regex::RegexSet;

use crate::domain::danger::Danger;
use crate::domain::lang::Lang;
use crate::language::fold;

/// Patterns of danger in all languages; each message is tried with all of them, since people mix languages.
pub struct DangerWords {
    set: RegexSet,
    kinds: Vec<Danger>,
}

impl DangerWords {
    /// The patterns of `locales/<lang>/danger.toml`.
    #[expect(clippy::panic, reason = "the patterns are part of the program: a broken one must not start")]
    pub fn of_the_program() -> DangerWords {
        let mut patterns = Vec::new();
        let mut kinds = Vec::new();
        for lang in Lang::all() {
            let text = lang.file("danger.toml").unwrap_or_default();
            let file: BTreeMap<Danger, Vec<String>> =
                toml::from_str(text).unwrap_or_else(|error| panic!("locales/{lang}/danger.toml: {error}"));
            for (kind, words) in file {
                kinds.extend(words.iter().map(|_| kind));
                patterns.extend(words.iter().map(|pattern| format!("(?:^| )(?:{pattern})(?: |$)")));
            }
        }
        let set = RegexSet::new(patterns).unwrap_or_else(|error| panic!("danger.toml: {error}"));
        DangerWords { set, kinds }
    }

    /// The most urgent danger that a message speaks of.
    pub fn find(&self, message: &str) -> Option<Danger> {
        self.set.matches(&folded(message)).into_iter().filter_map(|place| self.kinds.get(place).copied()).min()
    }
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
