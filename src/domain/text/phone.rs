//! Telephone numbers as people type them, with an optional extension.

use std::sync::LazyLock;

use regex::Regex;

/// The number with its punctuation, then an extension after `anexo`, `ext.`, `interno`, `x` or `#`.
#[expect(clippy::expect_used, reason = "a constant; the tests run it")]
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^([ +(*-]*\d[\d +()*-]*?)(?:[ ,;]*(?i:anexo|anx\.?|extensi[oó]n|ext\.?=?|interno|int\.?|x|#)[ :]*(\d{1,6}))?$",
    )
    .expect("a pattern")
});

/// A telephone number that can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Digits, `+` and `*`: the characters to dial.
    pub number: String,
    /// The digits of the extension; they are not dialled.
    pub extension: Option<String>,
}

impl Phone {
    /// Reads a number such as `+56 2 2345 6789 anexo 12`; `None` if it is not one.
    pub fn parse(text: &str) -> Option<Phone> {
        let found = PHONE.captures(text)?;
        let dialled = |c: &char| c.is_ascii_digit() || matches!(c, '+' | '*');
        let number = found.get(1)?.as_str().chars().filter(dialled).collect();
        Some(Phone { number, extension: found.get(2).map(|digits| digits.as_str().to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_no_part_of_the_number_that_is_dialled() {
        for text in [
            "+56 2 2345 6789 anexo 12",
            "+56 2 2345-6789 ext. 12",
            "+56223456789 x12",
            "(+56) 2 23456789 #12",
            "+56 2 2345 6789, Anexo: 12",
            "+56 2 2345 6789;ext=12",
            "+56 2 2345 6789 interno 12",
        ] {
            let phone = Phone::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((phone.number.as_str(), phone.extension.as_deref()), ("+56223456789", Some("12")), "{text}");
        }
    }

    #[test]
    fn numbers_without_an_extension_are_read_as_before_and_words_are_none() {
        for (text, number) in
            [("134", "134"), ("*4242", "*4242"), ("600 123 45 67", "6001234567"), ("(2) 2345-6789", "223456789")]
        {
            assert_eq!(
                Phone::parse(text).map(|phone| (phone.number, phone.extension)),
                Some((number.to_owned(), None))
            );
        }
        for text in ["", "call me", "+", "-", "12 anexo", "12 anexo 1234567", "12 o 13"] {
            assert_eq!(Phone::parse(text), None, "{text}");
        }
    }
}
