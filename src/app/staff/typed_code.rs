//! Codes that people copy by hand: eighty bits in four groups of four signs, known by a hash however they were typed.

use std::sync::LazyLock;

use data_encoding::BASE32_NOPAD;
use regex::Regex;

use crate::encryption::{new_bytes, token_hash};

/// How many letters and digits a code has.
const SIGNS: usize = 16;

/// A new code.
pub(in crate::app) fn new_typed_code() -> String {
    let signs = BASE32_NOPAD.encode(&new_bytes::<10>());
    let groups: Vec<&str> = (0..4).filter_map(|place| signs.get(place * 4..place * 4 + 4)).collect();
    groups.join("-")
}

/// By what a code is known: hyphens, spaces and small letters make no other.
pub(in crate::app) fn typed_code_hash(typed: &str) -> String {
    token_hash(&plain(typed))
}

/// Whether this may be such a code, and not six digits of an app.
pub(in crate::app) fn is_typed_code(typed: &str) -> bool {
    plain(typed).len() == SIGNS
}

/// A code as it is shown, or without its hyphens where a digit says that it is no word.
#[expect(clippy::expect_used, reason = "a constant, which a test uses")]
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b[a-z2-7]{4}(?:-[a-z2-7]{4}){3}\b|\b[a-z2-7]{4}(?: ?[a-z2-7]{4}){3}\b").expect("a pattern")
});

/// What may be such a code among other words.
pub fn typed_code_in(words: &str) -> Option<String> {
    let is_no_word = |found: &&str| found.contains('-') || found.contains(|sign: char| sign.is_ascii_digit());
    IN_WORDS.find_iter(words).map(|found| found.as_str()).find(is_no_word).map(str::to_owned)
}

fn plain(typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = new_typed_code();
        assert_eq!((code.len(), is_typed_code(&code)), (19, true), "{code}");
        let typed = format!(" {} ", code.to_lowercase().replace('-', "  "));
        assert_eq!(typed_code_hash(&typed), typed_code_hash(&code));
        assert!(!is_typed_code("287 082") && !is_typed_code(""));
    }

    #[test]
    fn a_code_is_found_among_words_and_words_are_none() {
        for said in
            ["my code: AB2D-EFGH-IJKL-MNOP", "/start ab2d-efgh-ijkl-mnop", "AB2DEFGHIJKLMNOP!", "ab2d efgh ijkl mnop"]
        {
            assert_eq!(typed_code_in(said).map(|code| plain(&code)).as_deref(), Some("AB2DEFGHIJKLMNOP"), "{said}");
        }
        for said in ["kote biwo pou papi yo", "internacionalmen", "llame al 600 360 7777", ""] {
            assert_eq!(typed_code_in(said), None, "{said}");
        }
    }
}
