//! Codes that people copy by hand: 80 bits in four groups of four characters, stored as a hash of the normalized code.

use std::sync::LazyLock;

use data_encoding::BASE32_NOPAD;
use regex::Regex;

use crate::encryption::{new_bytes, token_hash};

/// Letters and digits in a code.
const SIGNS: usize = 16;

/// A new code.
pub(in crate::app) fn new_typed_code() -> String {
    let signs = BASE32_NOPAD.encode(&new_bytes::<10>());
    let groups: Vec<&str> = (0..4).filter_map(|place| signs.get(place * 4..place * 4 + 4)).collect();
    groups.join("-")
}

/// Hash of a code; ignores hyphens, spaces and case.
pub(in crate::app) fn typed_code_hash(typed: &str) -> String {
    token_hash(&plain(typed))
}

/// Whether this has the length of such a code, unlike the six digits of an authenticator app.
pub(in crate::app) fn is_typed_code(typed: &str) -> bool {
    plain(typed).len() == SIGNS
}

/// A code as shown, or without hyphens (then `typed_code_in` requires a digit, to exclude words).
#[expect(clippy::expect_used, reason = "a constant, which a test uses")]
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b[a-z2-7]{4}(?:-[a-z2-7]{4}){3}\b|\b[a-z2-7]{4}(?: ?[a-z2-7]{4}){3}\b").expect("a pattern")
});

/// Finds a code within other text.
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
