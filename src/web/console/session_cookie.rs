//! The cookie of a session of staff, and where they sign in.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::app::LONGEST;
use crate::web::chat::session;
use crate::web::window::Window;

/// Where staff sign in.
pub(super) const SIGN_IN: &str = "/console/sign-in";
/// The cookie that keeps a session.
pub(super) const COOKIE: &str = "desk";
/// Hexadecimal digits of a token.
const DIGITS: usize = 64;

/// The response with the cookie that keeps the session.
pub(super) fn with_cookie(mut response: Response, window: &Window, token: &str) -> Response {
    let cookie: HeaderValue = session::cookie(COOKIE, token, LONGEST.num_seconds(), window.settings.secure_cookies);
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}

/// The token of the session in these headers.
pub(super) fn token(headers: &HeaderMap, secure: bool) -> Option<String> {
    session::token(headers, COOKIE, DIGITS, secure)
}
