//! The sheet: a name that each page has for itself, so that two presses of "send" on one page leave one question.

use std::fmt;

use super::session::Session;
use crate::encryption::{Encryption, new_id, token_hash};

/// Hexadecimal digits of a name: 128 bits, as those of a session.
const DIGITS: usize = 32;

/// A page's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct PageId(String);

impl PageId {
    /// A new page.
    pub fn new() -> PageId {
        PageId(new_id())
    }

    /// The name that a form brought.
    pub fn parse(text: &str) -> Option<PageId> {
        let valid = text.len() == DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        valid.then(|| PageId(text.to_owned()))
    }

    /// The session that begins with this page: both presses come without a cookie, and are of one talk. Keyed, so that whoever
    /// sees the page's source does not know the cookie.
    pub fn session(&self, encryption: &Encryption) -> Session {
        Session::begun(encryption.hash("web session", &self.0))
    }

    /// The number of what was said on this page: the same for the same words, so that it is taken once.
    pub fn number(&self, said: &str) -> i64 {
        let hash = token_hash(&format!("said:{}:{said}", self.0));
        // Fifteen hexadecimal digits are a whole number above zero in any case.
        hash.get(..15).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or_default()
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_on_the_same_page_have_the_same_number_and_nothing_else_has() {
        let (page, other) = (PageId::new(), PageId::new());
        assert_eq!(page.number("kote?"), PageId::parse(&page.to_string()).unwrap().number("kote?"));
        assert_ne!(page.number("kote?"), page.number("kote"));
        assert_ne!(page.number("kote?"), other.number("kote?"));
        let (encryption, foreign) = (Encryption::new(&[1; 32]), Encryption::new(&[2; 32]));
        assert_eq!(page.session(&encryption), page.session(&encryption));
        assert_ne!(page.session(&encryption), page.session(&foreign));
    }

    #[test]
    fn a_name_that_we_did_not_give_is_none() {
        for wrong in ["", "abc", &"A".repeat(DIGITS), &"a".repeat(DIGITS + 1)] {
            assert_eq!(PageId::parse(wrong), None, "{wrong}");
        }
    }
}
