//! A text folded character by character, so that ranges found by the rules can be cut out of the original text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::mark::Mark;

/// A text, and the same without accents, capitals and invisible characters.
pub(super) struct Seen<'a> {
    text: &'a str,
    /// The folded text, in which the rules search.
    pub plain: String,
    /// For each byte of `plain` and for its end, the offset in `text`.
    at: Vec<usize>,
}

/// The ranges found, as offsets in [`Seen::plain`].
#[derive(Default)]
pub(super) struct Marked(Vec<(Range<usize>, Mark)>);

impl Marked {
    /// Marks a range; overlapping earlier ranges are merged with it and keep their mark.
    pub fn add(&mut self, mut place: Range<usize>, mut mark: Mark) {
        while let Some(n) = self.0.iter().position(|(other, _)| meet(other, &place)) {
            let (other, first) = self.0.swap_remove(n);
            place = place.start.min(other.start)..place.end.max(other.end);
            mark = first;
        }
        self.0.push((place, mark));
    }

    /// A range extended by all marked ranges that overlap it.
    pub fn with(&self, place: &Range<usize>) -> Range<usize> {
        let met = self.0.iter().map(|(other, _)| other).filter(|other| meet(other, place));
        met.fold(place.clone(), |all, other| all.start.min(other.start)..all.end.max(other.end))
    }

    /// The ranges of names.
    pub fn names(&self) -> impl Iterator<Item = &Range<usize>> {
        self.0.iter().filter(|(_, mark)| *mark == Mark::Name).map(|(place, _)| place)
    }

    pub fn covers(&self, place: &Range<usize>) -> bool {
        self.0.iter().any(|(other, _)| meet(other, place))
    }
}

/// Whether two ranges overlap.
pub(super) fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

impl<'a> Seen<'a> {
    pub fn of(text: &'a str) -> Seen<'a> {
        let mut seen = Seen { text, plain: String::with_capacity(text.len()), at: Vec::with_capacity(text.len() + 1) };
        for (place, sign) in text.char_indices() {
            seen.push(place, sign);
        }
        seen.at.push(text.len());
        seen
    }

    fn push(&mut self, place: usize, sign: char) {
        if is_unseen(sign) {
            return;
        }
        if sign.is_whitespace() {
            // Several spaces become one.
            if !self.plain.ends_with(' ') {
                self.push_plain(place, ' ');
            }
            return;
        }
        for part in sign.nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase) {
            self.push_plain(place, plain(part));
        }
    }

    fn push_plain(&mut self, place: usize, sign: char) {
        self.plain.push(sign);
        self.at.resize(self.plain.len(), place);
    }

    /// Whether the character at this offset was a capital letter.
    pub fn is_capital(&self, place: usize) -> bool {
        let written = self.at.get(place).and_then(|place| self.text.get(*place..));
        written.and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
    }

    /// Whether most letters of the text are capitals, which then carry no information.
    pub fn is_shouted(&self) -> bool {
        let letters = || self.plain.char_indices().filter(|(_, sign)| sign.is_alphabetic());
        letters().filter(|(at, _)| self.is_capital(*at)).count() * 2 > letters().count() && letters().count() > 8
    }

    /// The original text with marks in place of the ranges found.
    pub fn without(&self, marked: Marked) -> String {
        let mut places = marked.0;
        places.sort_by_key(|(place, _)| place.start);
        let (mut out, mut from) = (String::with_capacity(self.text.len()), 0);
        for (place, mark) in places {
            let (Some(start), Some(end)) = (self.at.get(place.start), self.at.get(place.end)) else { continue };
            out.push_str(self.text.get(from..*start).unwrap_or_default());
            out.push_str(mark.sign());
            from = *end;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }
}

/// Invisible characters between digits or letters: zero width, direction, and the parts of keycap emoji.
fn is_unseen(sign: char) -> bool {
    is_combining_mark(sign)
        || (sign.is_control() && !sign.is_whitespace())
        || matches!(sign, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn plain(sign: char) -> char {
    match sign {
        '’' | '‘' | '`' | '´' | 'ʼ' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' => '-',
        // Digits of other scripts all become 9: only that they are digits matters.
        other if other.is_numeric() && !other.is_ascii() => '9',
        other => other,
    }
}
