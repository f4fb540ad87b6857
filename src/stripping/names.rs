//! Names of people, as far as rules can: behind words that announce one, and where capital letters say so.

use std::ops::Range;

use regex::Regex;

use super::Mark;
use super::cues::{CueWords, Cues, any, pattern};
use super::seen::{Marked, Seen};

/// Longest name, in words.
const LONGEST: usize = 4;
/// Longest short form of a name that ends in a full stop, in letters.
const INITIAL: usize = 2;

/// How names are announced.
pub(super) struct Patterns {
    word: Regex,
    named: Regex,
    called: Regex,
}

impl Patterns {
    pub fn of(words: &CueWords) -> Patterns {
        let called: Vec<String> =
            [&words.called, &words.relation, &words.title].into_iter().flatten().cloned().collect();
        Patterns {
            word: pattern(r"[a-z\p{L}][\p{L}'-]*"),
            named: pattern(&format!(r"\b(?:{})\b[ :.,]*", any(&words.named))),
            called: pattern(&format!(r"\b(?:{})\b[ :.,]*", any(&called))),
        }
    }
}

/// A word of the text.
struct Word<'a> {
    place: Range<usize>,
    text: &'a str,
    capital: bool,
    /// Whether it begins a sentence, where everything has a capital letter.
    first: bool,
}

/// The words of a text, with what is known of names.
struct Reading<'a> {
    cues: &'a Cues,
    plain: &'a str,
    words: Vec<Word<'a>>,
}

pub(super) fn find(seen: &Seen<'_>, cues: &Cues, marked: &mut Marked) {
    let reading = Reading { cues, plain: &seen.plain, words: words(seen, &cues.names.word) };
    let announced = |cue: &Regex, sure: bool| -> Vec<Range<usize>> {
        cue.find_iter(&seen.plain).filter_map(|found| reading.announced(found.end(), sure)).collect()
    };
    let mut places = announced(&cues.names.named, true);
    places.extend(announced(&cues.names.called, false));
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
    // Who writes everything with capital letters says nothing by them.
    let shouting = capitals * 10 > found().count() * 7 && found().count() > LONGEST;
    found()
        .map(|found| Word {
            place: found.range(),
            text: found.as_str(),
            capital: !shouting && seen.is_capital(found.start()),
            first: begins_sentence(&seen.plain, found.start()),
        })
        .collect()
}

fn begins_sentence(plain: &str, place: usize) -> bool {
    let before = plain.get(..place).unwrap_or_default().trim_end_matches([' ', '"', '\'', '«', '(', '-', '*']);
    before.chars().next_back().is_none_or(|sign| ".!?¡¿:;…".contains(sign))
}

impl Reading<'_> {
    fn is_known(&self, word: &Word<'_>) -> bool {
        self.cues.known.contains(word.text) || self.cues.place.contains(word.text)
    }

    fn is_ordinary(&self, word: &Word<'_>) -> bool {
        self.cues.ordinary.contains(word.text) || self.cues.function.contains(word.text) || self.is_known(word)
    }

    fn is_given(&self, word: &Word<'_>) -> bool {
        self.cues.given.contains(word.text)
    }

    /// Whether nothing but a space lies between a word and the next, or the full stop of an initial.
    fn is_next(&self, before: &Range<usize>, word: &Word<'_>) -> bool {
        let between = self.plain.get(before.end..word.place.start).unwrap_or("?");
        matches!(between, "" | " " | "-") || (between == ". " && before.len() <= INITIAL)
    }

    /// The name behind a cue; with `sure` a word that nobody uses in questions is one, small letters or not.
    fn announced(&self, from: usize, sure: bool) -> Option<Range<usize>> {
        let place = self.words.iter().position(|word| word.place.start >= from)?;
        let first = self.words.get(place).filter(|word| word.place.start == from)?;
        let strange = !self.is_ordinary(first);
        let name = self.is_given(first) || (strange && (first.capital || (sure && first.text.len() > 1)));
        name.then(|| self.extended(place, sure))
    }

    /// A name with what belongs to it.
    fn extended(&self, place: usize, sure: bool) -> Range<usize> {
        let mut range = self.words.get(place).map(|word| word.place.clone()).unwrap_or_default();
        let mut last = range.clone();
        for word in self.words.iter().skip(place + 1).take(LONGEST - 1) {
            // Behind a name, a capital letter makes a surname even of a word that people use in questions.
            let strange = !self.is_ordinary(word) && sure;
            let surname = word.capital && !self.is_known(word) && !self.cues.function.contains(word.text);
            let belongs = self.is_given(word) || strange || surname;
            if !belongs || !self.is_next(&last, word) {
                break;
            }
            range.end = word.place.end;
            last = word.place.clone();
        }
        range
    }

    /// A name that nothing announces: a given name with a capital letter, or several strange words with capital letters.
    fn unannounced(&self, place: usize) -> Option<Range<usize>> {
        let word = self.words.get(place).filter(|word| word.capital && !self.is_ordinary(word))?;
        let before = place.checked_sub(1).and_then(|place| self.words.get(place));
        let of_a_place = before.is_some_and(|before| {
            self.is_next(&before.place, word)
                && (self.cues.place.contains(before.text) || self.cues.institution.contains(before.text))
        });
        let range = self.extended(place, false);
        let next = self.words.get(place + 1);
        let several = range.end > word.place.end && next.is_some_and(|next| !self.is_ordinary(next));
        let name = self.is_given(word) || (several && !word.first);
        (name && !of_a_place).then_some(range)
    }
}
