//! User names after a word that announces them, with a few words between or in quotes.

use std::sync::LazyLock;

use regex::Regex;

use super::contacts::is_known;
use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Shorter words are not recognised as user names.
const SHORTEST: usize = 5;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of user names.
pub(super) struct Patterns {
    odd: Regex,
    quoted: Regex,
    plain: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (user, filler) = (any(&words.user), any(&words.filler));
        Patterns {
            odd: pattern(&format!(
                r"\b(?:{user})\b(?:[ :=,-]+[a-z']+){{0,5}}?[ :=,-]+([a-z0-9]+(?:[._-][a-z0-9]+)+|[a-z]+\d[a-z0-9]*|\d+[a-z][a-z0-9]{{3,}})\b"
            )),
            quoted: pattern(&format!(
                r#"\b(?:{user})\b(?:[ :=,-]+[a-z']+){{0,4}}?[ :=,-]*["“«']([a-z0-9][\w. -]{{2,28}}\w)["”»']"#
            )),
            plain: pattern(&format!(
                r"\b(?:{user})\b[ :=]+(?:(?:{filler}|como|as|kom) ){{0,2}}([a-z]{{{SHORTEST},}})\b"
            )),
        }
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let Patterns { odd, quoted, plain } = &*PATTERNS;
    let found = |pattern: &Regex| {
        let all = pattern.captures_iter(&seen.plain).filter_map(|found| found.get(1)).map(|name| name.range());
        all.collect::<Vec<_>>()
    };
    let text = |place: &std::ops::Range<usize>| seen.plain.get(place.clone()).unwrap_or_default();
    let odd = found(odd).into_iter().filter(|place| !is_word(rules, text(place)));
    let quoted = found(quoted).into_iter().filter(|place| text(place).split(' ').any(|word| !is_known(rules, word)));
    let strange = found(plain).into_iter().filter(|place| {
        let word = text(place);
        !is_known(rules, word) && !rules.place.contains(word) && !rules.institution.contains(word)
    });
    for place in odd.chain(quoted).chain(strange) {
        if !marked.covers(&place) {
            marked.add(place, Mark::User);
        }
    }
}

/// Whether each part is a word known from questions, as in `check-in`, or a number: `24-7`.
fn is_word(rules: &Rules, text: &str) -> bool {
    let parts = || text.split(['.', '-', '_']);
    let number = parts().all(|part| part.chars().all(|sign| sign.is_ascii_digit()));
    let measure = text.starts_with(|sign: char| sign.is_ascii_digit()) && parts().count() == 1;
    let ends_sentence = text.matches('.').count() == 1 && parts().all(|part| is_known(rules, part));
    number || measure || ends_sentence || (parts().count() > 1 && parts().all(|part| is_known(rules, part)))
}
