//! Names of people, as far as rules can find them: after words that announce one, and by capital letters.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Longest name, in words.
const LONGEST: usize = 6;
/// Longest abbreviation of a name before a full stop, in letters.
const INITIAL: usize = 2;
/// Longest word that joins two names, in letters.
const JOIN: usize = 3;
/// Shorter lower-case words are not recognised as names.
const SHORTEST: usize = 4;
/// Endings of verbs, which are not names even if no known question has them.
const VERBS: [&str; 13] =
    ["ed", "ing", "aron", "ieron", "aban", "ando", "iendo", "aba", "ado", "ido", "ara", "amos", "able"];

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of the words that announce names.
pub(super) struct Patterns {
    word: Regex,
    rules: [(Regex, Trigger); 4],
}

/// How surely a name follows a cue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    /// "My name is": any word that is not common in questions is a name, in lower case too.
    Sure,
    /// "My son", "Mrs": a word that occurs in no known question is a name, in lower case too.
    Likely,
    /// "I am", "ask for": the same, except for words of origin and profession.
    Presents,
    /// "With", "thanks": a known name, a capitalized word, or two unknown words.
    Weak,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let likely: Vec<String> = [&words.relation, &words.title].into_iter().flatten().cloned().collect();
        let (label, article) = (any(&words.label), any(&words.article));
        let trigger = |words: &[String], trigger| {
            let behind = format!(r#"\b(?:{})\b(?: (?:{article})\b)?[ :.,"'«“(-]*"#, any(words));
            (
                pattern(&if trigger == Trigger::Sure { format!(r"\b(?:{label}) ?[:=] ?|{behind}") } else { behind }),
                trigger,
            )
        };
        Patterns {
            word: pattern(r"[a-z\p{L}][\p{L}'-]*"),
            rules: [
                trigger(&words.named, Trigger::Sure),
                trigger(&likely, Trigger::Likely),
                trigger(&words.presents, Trigger::Presents),
                trigger(&words.called, Trigger::Weak),
            ],
        }
    }
}

/// A word of the text.
struct Word<'a> {
    place: Range<usize>,
    text: &'a str,
    capital: bool,
    /// Whether it is an abbreviation in capitals in a text that is not all capitals: an office or a document.
    short_form: bool,
    /// Whether it begins a sentence, where every word is capitalized.
    first: bool,
}

/// The words of a text, and the rules.
struct Reading<'a> {
    rules: &'a Rules,
    plain: &'a str,
    words: Vec<Word<'a>>,
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let reading = Reading { rules, plain: &seen.plain, words: words(seen, &PATTERNS.word) };
    let mut places = Vec::new();
    for (pattern, trigger) in &PATTERNS.rules {
        // One cue may start inside another: `mi nombre` before `es`.
        let mut from = 0;
        while let Some(found) = pattern.find_at(&seen.plain, from) {
            let name = reading.announced(found.end(), *trigger);
            places.extend(name.iter().filter_map(|name| reading.second(name, *trigger)));
            places.extend(name);
            from = (found.start() + 1..=found.end()).find(|at| seen.plain.is_char_boundary(*at)).unwrap_or(found.end());
            from = seen.plain.get(from..).and_then(|rest| rest.find(' ')).map_or(seen.plain.len(), |at| from + at);
        }
    }
    places.extend((0..reading.words.len()).filter_map(|n| reading.unannounced(n)));
    for place in places {
        if !marked.covers(&place) {
            marked.add(place, Mark::Name);
        }
    }
}

fn words<'a>(seen: &'a Seen<'_>, word: &Regex) -> Vec<Word<'a>> {
    let found = || word.find_iter(&seen.plain);
    let capitals = found().filter(|word| seen.is_capital(word.start())).count();
    // In a text that is mostly in capitals, capitals carry no information.
    let shouting = capitals * 10 > found().count() * 7 && found().count() > 4;
    found()
        .map(|found| Word {
            place: found.range(),
            text: found.as_str().trim_end_matches(['\'', '-']),
            capital: !shouting && seen.is_capital(found.start()),
            short_form: !shouting && found.len() > 1 && found.range().all(|at| seen.is_capital(at)),
            first: begins_sentence(&seen.plain, found.start()),
        })
        .collect()
}

fn begins_sentence(plain: &str, place: usize) -> bool {
    let before = plain.get(..place).unwrap_or_default().trim_end_matches([' ', '"', '\'', '«', '(', '-', '*']);
    before.chars().next_back().is_none_or(|sign| ".!?¡¿:;…".contains(sign))
}

/// Longest abbreviation of an office or a document, in letters.
const SHORT_FORM: usize = 4;

/// Whether a word ends like words for an origin or a profession.
fn is_origin(word: &str) -> bool {
    const ENDS: [&str; 13] =
        ["ano", "ana", "ense", "eno", "ena", "ista", "or", "ora", "ian", "ish", "er", "yen", "ante"];
    ENDS.iter().any(|end| word.ends_with(end))
}

impl Reading<'_> {
    fn is_known(&self, word: &Word<'_>) -> bool {
        self.rules.known.contains(word.text) || self.rules.place.contains(word.text)
    }

    fn is_ordinary(&self, word: &Word<'_>) -> bool {
        let known = Rules::has(&self.rules.ordinary, word.text) || Rules::has(&self.rules.function, word.text);
        known || self.is_known(word) || word.text.split('-').next().is_some_and(|part| self.rules.place.contains(part))
    }

    /// Whether no known question contains this word, not even once.
    fn is_unheard(&self, word: &Word<'_>) -> bool {
        // "Check-up", "forty-two": known words joined by a hyphen.
        if word.text.contains('-') && word.text.split('-').all(|part| self.rules.written.contains(part)) {
            return false;
        }
        let letters = word.text.len() >= SHORTEST && !VERBS.iter().any(|end| word.text.ends_with(end));
        letters && !word.short_form && !self.is_ordinary(word) && !Rules::has(&self.rules.written, word.text)
    }

    fn is_given(&self, word: &Word<'_>) -> bool {
        let text = word.text.trim_end_matches("'s");
        self.rules.given.contains(text) || text.split('-').all(|part| self.rules.given.contains(part))
    }

    fn is_family(&self, word: &Word<'_>) -> bool {
        self.rules.family.contains(word.text)
    }

    /// Whether only a space or a hyphen separates the two words, or the full stop of an initial.
    fn is_next(&self, before: &Range<usize>, word: &Word<'_>) -> bool {
        let between = self.plain.get(before.end..word.place.start).unwrap_or("?");
        matches!(between, "" | " " | "-") || (between == ". " && before.len() <= INITIAL)
    }

    /// The name after a cue.
    fn announced(&self, from: usize, trigger: Trigger) -> Option<Range<usize>> {
        let place = self.words.iter().position(|word| word.place.start >= from)?;
        let first = self.words.get(place).filter(|word| word.place.start == from)?;
        let next = self.words.get(place + 1).filter(|next| self.is_next(&first.place, next));
        let next_is = |name: &dyn Fn(&Word<'_>) -> bool| next.is_some_and(name);
        let surname = next_is(&|next| self.is_given(next) || self.is_family(next));
        let unheard = next_is(&|next| self.is_unheard(next));
        let small = self.rules.function.contains(first.text);
        let strange = !self.is_ordinary(first) && first.text.len() > 1;
        let also = self.rules.also_given.contains(first.text);
        let name = match trigger {
            Trigger::Sure => {
                let capital = first.capital && !first.short_form && !self.is_known(first) && !small;
                strange || capital || also || self.is_given(first) || (self.is_family(first) && !small)
            }
            Trigger::Likely => {
                let family = self.is_family(first) && (first.capital || !self.rules.common.contains(first.text));
                self.is_given(first) || family || self.is_unheard(first) || (also && (surname || unheard))
            }
            Trigger::Presents | Trigger::Weak => {
                let given = self.is_given(first) && (first.capital || !self.rules.common.contains(first.text));
                let presents = trigger == Trigger::Presents && !is_origin(first.text);
                let strange = self.is_unheard(first) && (unheard || surname || presents);
                given || (presents && also && first.capital) || ((self.is_given(first) || also) && surname) || strange
            }
        };
        (name || (strange && first.capital && !first.short_form)).then(|| self.extended(place, trigger))
    }

    /// The second of two names: "my sons Liam and Dereck".
    fn second(&self, first: &Range<usize>, trigger: Trigger) -> Option<Range<usize>> {
        let place = self.words.iter().position(|word| word.place.start >= first.end)?;
        let join = self.words.get(place).filter(|join| self.is_next(first, join) && join.text.len() <= JOIN)?;
        let word = self.words.get(place + 1).filter(|word| self.is_next(&join.place, word))?;
        let capital = word.capital && !word.short_form && !self.is_ordinary(word);
        let small = self.rules.function.contains(join.text) && !self.rules.particle.contains(word.text);
        (small && (capital || self.is_given(word))).then(|| self.extended(place + 1, trigger))
    }

    /// A name with the words that belong to it.
    fn extended(&self, place: usize, trigger: Trigger) -> Range<usize> {
        let mut range = self.words.get(place).map(|word| word.place.clone()).unwrap_or_default();
        let (mut last, mut joined) = (range.clone(), false);
        for word in self.words.iter().skip(place + 1).take(LONGEST - 1) {
            if !self.is_next(&last, word) {
                break;
            }
            last = word.place.clone();
            // "de la" belongs to a name if more of the name follows.
            let also = self.rules.also_given.contains(word.text) && (joined || trigger == Trigger::Sure);
            let initial = word.text.len() == 1
                && word.capital
                && self.plain.get(word.place.end..).is_some_and(|rest| rest.starts_with('.'));
            let particle = initial || self.rules.particle.contains(word.text);
            if also || self.belongs(word, trigger) {
                range.end = word.place.end;
            } else if !particle {
                break;
            }
            joined = particle;
        }
        range
    }

    /// Whether a word after a name is part of it.
    fn belongs(&self, word: &Word<'_>, trigger: Trigger) -> bool {
        if self.rules.particle.contains(word.text) {
            return false;
        }
        // After a name, a capitalized word is a surname even if people use it in questions.
        let surname =
            word.capital && word.text.len() > 1 && !self.is_known(word) && !self.rules.function.contains(word.text);
        let strange = match trigger {
            Trigger::Sure => !self.is_ordinary(word) && word.text.len() > 1,
            Trigger::Likely | Trigger::Presents | Trigger::Weak => self.is_unheard(word),
        };
        self.is_given(word) || self.is_family(word) || strange || surname
    }

    /// A name that no cue announces: a given name that is capitalized or has a surname after it, or several unknown
    /// capitalized words.
    fn unannounced(&self, place: usize) -> Option<Range<usize>> {
        let word = self.words.get(place)?;
        let before = place.checked_sub(1).and_then(|place| self.words.get(place));
        let of_a_place = before.is_some_and(|before| {
            self.is_next(&before.place, word)
                && (self.rules.place.contains(before.text) || self.rules.institution.contains(before.text))
        });
        let next = self.words.get(place + 1).filter(|next| self.is_next(&word.place, next));
        if of_a_place {
            return None;
        }
        let surname = next.is_some_and(|next| self.is_given(next) || self.is_family(next));
        if !word.capital || self.is_ordinary(word) {
            let alone = word.text.len() >= SHORTEST && !self.rules.written.contains(word.text);
            let unheard = next.is_some_and(|next| self.is_unheard(next)) && !self.rules.common.contains(word.text);
            // `luz dary ospina`: an ordinary word is a name if the two words after it are names.
            let third = next
                .and(self.words.get(place + 2))
                .filter(|third| next.is_some_and(|next| self.is_next(&next.place, third)));
            let also = self.rules.also_given.contains(word.text)
                && next.is_some_and(|next| self.is_given(next) || self.is_unheard(next))
                && third.is_some_and(|third| self.is_family(third) && !self.rules.function.contains(third.text));
            let name = also || self.is_given(word) && !self.is_known(word) && (surname || unheard || alone);
            return name.then(|| self.extended(place, Trigger::Weak));
        }
        // "Pedro Aguirre Cerda" is a municipality.
        let town = next.is_some_and(|next| next.capital && self.is_known(next) && !self.is_given(next));
        let several = next.is_some_and(|next| next.capital && !next.short_form && !self.is_ordinary(next));
        // `un tal ADWOA NYARKO`: long words in capitals among lower-case words, one of them in no known question.
        let long = |word: &Word<'_>| word.short_form && word.text.len() > SHORT_FORM && !self.is_ordinary(word);
        let strange = |word: &Word<'_>| !Rules::has(&self.rules.written, word.text);
        let called = long(word) && (strange(word) || next.is_some_and(|next| long(next) && strange(next)));
        let name = (self.is_given(word) && !town) || (several && !word.first && !word.short_form) || called;
        name.then(|| self.extended(place, Trigger::Weak))
    }
}
