//! The page id (form field `sheet`), which makes sending idempotent: two presses of "send" on a page leave one message.

use std::fmt;

use super::session::Session;
use crate::encryption::{Encryption, new_id, token_hash};

/// Hexadecimal digits of an id: 128 bits, as in a session.
const DIGITS: usize = 32;

/// A page's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct PageId(String);

impl PageId {
    /// A new id.
    pub fn new() -> PageId {
        PageId(new_id())
    }

    /// The id in a posted form.
    pub fn parse(text: &str) -> Option<PageId> {
        let valid = text.len() == DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        valid.then(|| PageId(text.to_owned()))
    }

    /// The session that begins with this page: two presses without a cookie get the same session.
    /// Keyed hash, so that nobody can compute the cookie from the page's source.
    pub fn session(&self, encryption: &Encryption) -> Session {
        Session::begun(encryption.hash("web session", &self.0))
    }

    /// The number of a text sent from this page: equal texts get equal numbers, so the text is processed once.
    pub fn number(&self, said: &str) -> i64 {
        let hash = token_hash(&format!("said:{}:{said}", self.0));
        // Fifteen hexadecimal digits always fit into a non-negative `i64`.
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
