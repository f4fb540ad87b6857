//! Telephone numbers as people type them, with an optional extension.

use std::ops::Range;
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

/// A number as people write it in a text: `+56 2 2345 6789`, `600 360 7777`, `*4141`, `131`. Points and dashes are left
/// out: they stand in amounts, laws and papers.
#[expect(clippy::expect_used, reason = "a constant; the tests run it")]
static IN_TEXT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\+\d+(?: \d{1,4})*|\*?\d+(?: \d{2,4})*").expect("a pattern"));

/// Fewest digits of a telephone number that is not one of the short ones.
const FEWEST_DIGITS: usize = 9;
/// Most digits, with the code of a country.
const MOST_DIGITS: usize = 13;

/// The numbers in a text that can be called: where each stands, and what is dialled. `short` are the short numbers of the
/// country; of longer ones, those that begin with `+`, or with a prefix of service numbers, are recognised.
pub fn in_text(text: &str, short: &[&str]) -> Vec<(Range<usize>, String)> {
    let found = IN_TEXT.find_iter(text).filter_map(|number| {
        let (before, after) = (text[..number.start()].chars().next_back(), text[number.end()..].chars().next());
        // A part of a longer number, an amount, a date, the number of a law.
        let joined =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '$' | '%' | '°'));
        let point = after == Some('.') || after == Some(',');
        let goes_on = point && text[number.end() + 1..].starts_with(|c: char| c.is_ascii_digit());
        let amount = before.is_some_and(|c| matches!(c, '.' | ','));
        if joined(before) || joined(after) || goes_on || amount {
            return None;
        }
        let dialled: String = number.as_str().chars().filter(|c| *c != ' ').collect();
        let digits = dialled.chars().filter(char::is_ascii_digit).count();
        let is_long = (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits) && number.as_str().contains(' ');
        let is_known = short.contains(&dialled.as_str()) || is_long;
        is_known.then(|| (number.range(), dialled))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_called_are_found_in_a_text_and_amounts_and_laws_are_not() {
        let short = ["131", "*4141", "1455"];
        let text =
            "Llame al 131, al *4141 o al 600 360 7777. Ley 21.325, art. 131.5, $34.000, +56 2 2345 6789, 2026-03-01";
        let dialled: Vec<String> = in_text(text, &short).into_iter().map(|(_, number)| number).collect();
        assert_eq!(dialled, ["131", "*4141", "6003607777", "+56223456789"]);
        for other in ["1.131", "131.000 pesos", "12/131", "131%", "en 2026", "20 000", "2 131"] {
            assert_eq!(in_text(other, &short), [], "{other}");
        }
    }

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
