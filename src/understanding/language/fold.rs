//! Folding: lower case, no accents, one kind of apostrophe, so that words typed on phones match published ones.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents; typographic apostrophes become `'`; a letter written three or more times becomes one.
pub fn fold(text: &str) -> String {
    // A fast path: most words are ASCII, so that Unicode normalization would not change them.
    if text.is_ascii() {
        return shorten_runs(text.chars().map(|c| apostrophe(c.to_ascii_lowercase())));
    }
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(apostrophe);
    shorten_runs(plain)
}

fn apostrophe(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' | 'ʼ' | '′' => '\'',
        other => other,
    }
}

/// Shortens runs of letters: "holaaaa" becomes "hola"; "carro" and "00" keep their pairs.
fn shorten_runs(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut run = Run::default();
    for c in chars {
        run.push(c, &mut out);
    }
    run.finish(&mut out);
    out
}

#[derive(Default)]
struct Run {
    of: Option<char>,
    length: usize,
}

impl Run {
    fn push(&mut self, c: char, out: &mut String) {
        if self.of == Some(c) {
            self.length += 1;
        } else {
            self.finish(out);
            *self = Run { of: Some(c), length: 1 };
        }
    }

    fn finish(&mut self, out: &mut String) {
        let Some(c) = self.of else { return };
        let keep = if self.length >= 3 && c.is_alphabetic() { 1 } else { self.length };
        out.extend(std::iter::repeat_n(c, keep));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(fold("CÉDULA à Año"), "cedula a ano");
    }

    #[test]
    fn every_apostrophe_is_one_apostrophe() {
        assert_eq!(fold("l’hôpital m‘ap"), "l'hopital m'ap");
    }

    #[test]
    fn a_stretched_letter_is_written_once_and_a_pair_stays() {
        assert_eq!(fold("holaaaa carro 1000"), "hola carro 1000");
    }
}
