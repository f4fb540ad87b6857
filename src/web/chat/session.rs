//! The session of the web chat: an unguessable token in a cookie that expires with the conversation.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;

use crate::domain::people::chat::MEMORY;
use crate::encryption::new_id;

/// Hexadecimal digits of a token: 128 bits.
const DIGITS: usize = 32;
/// Name of the chat's cookie.
const TALK: &str = "talk";

/// A session's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Session(String);

impl Session {
    /// A new session.
    pub fn new() -> Session {
        Session(new_id())
    }

    /// The session that begins with a page; `hash` is hexadecimal.
    pub fn begun(hash: String) -> Session {
        Session(hash.chars().take(DIGITS).collect())
    }

    /// The session in a request's cookie.
    pub fn of(headers: &HeaderMap, secure: bool) -> Option<Session> {
        token(headers, TALK, DIGITS, secure).map(Session)
    }

    /// The token, which is the chat's address.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The cookie of the session, valid as long as the conversation is kept.
    pub fn cookie(&self, secure: bool) -> HeaderValue {
        cookie(TALK, &self.0, MEMORY.num_seconds(), secure)
    }
}

/// The cookie that ends a session.
pub(in crate::web) fn no_cookie(secure: bool) -> HeaderValue {
    cookie(TALK, "", 0, secure)
}

/// The token in the cookie of this name, if it has this number of hexadecimal digits.
pub(in crate::web) fn token(headers: &HeaderMap, name: &str, digits: usize, secure: bool) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(&cookie_name(name, secure))?.value();
    let valid = token.len() == digits && token.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    valid.then(|| token.to_owned())
}

/// A cookie that scripts cannot read (`HttpOnly`), valid for this many seconds.
#[expect(clippy::expect_used, reason = "hexadecimal digits and numbers are letters of a header")]
pub(in crate::web) fn cookie(name: &str, value: &str, seconds: i64, secure: bool) -> HeaderValue {
    let (name, secure) = (cookie_name(name, secure), if secure { "; Secure" } else { "" });
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).expect("a header")
}

/// `__Host-` makes browsers accept the cookie only from this very host and over HTTPS.
fn cookie_name(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;

    fn returning(cookie: &HeaderValue, secure: bool) -> Option<Session> {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        Session::of(&HeaderMap::from_iter([(COOKIE, pair.parse().unwrap())]), secure)
    }

    #[test]
    fn a_session_comes_back_by_its_cookie() {
        for secure in [false, true] {
            let session = Session::new();
            let cookie = session.cookie(secure);
            assert_eq!(returning(&cookie, secure), Some(session));
            assert_eq!(returning(&cookie, !secure), None);
            assert_eq!(returning(&no_cookie(secure), secure), None);
            let text = cookie.to_str().unwrap();
            assert!(text.contains("HttpOnly") && text.contains("SameSite=Strict") && text.contains("Max-Age=1800"));
            assert_eq!(text.contains("Secure"), secure);
        }
    }

    #[test]
    fn a_name_that_we_did_not_give_is_no_session() {
        for wrong in ["", "abc", &"x".repeat(DIGITS), &"A".repeat(DIGITS), &"a".repeat(DIGITS + 1)] {
            let headers = HeaderMap::from_iter([(COOKIE, format!("talk={wrong}").parse().unwrap())]);
            assert_eq!(Session::of(&headers, false), None, "{wrong}");
        }
    }
}
