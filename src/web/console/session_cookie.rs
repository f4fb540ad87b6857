//! The cookie of a staff session, and the address of the sign-in page.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::app::LONGEST;
use crate::web::chat::session;
use crate::web::window::Window;

/// The address of the sign-in page.
pub(super) const SIGN_IN: &str = "/console/sign-in";
/// The name of the session's cookie.
pub(super) const COOKIE: &str = "desk";
/// Hexadecimal digits of a token.
const DIGITS: usize = 64;

/// Adds the session's cookie to a response.
pub(super) fn with_cookie(mut response: Response, window: &Window, token: &str) -> Response {
    let cookie: HeaderValue = session::cookie(COOKIE, token, LONGEST.num_seconds(), window.settings.secure_cookies);
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}

/// The session's token in the request's cookies.
pub(super) fn token(headers: &HeaderMap, secure: bool) -> Option<String> {
    session::token(headers, COOKIE, DIGITS, secure)
}
