//! The visitor of a request: the session in their cookie, their browser's language, their IP address.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use super::session::Session;
use crate::domain::text::lang::Lang;
use crate::web::limits::address;
use crate::web::window::Window;

/// The visitor of a request.
pub(in crate::web) struct Visitor {
    /// Their session, if they have sent a message before.
    pub session: Option<Session>,
    /// The language of their browser, if we support it.
    pub proposed: Option<Lang>,
    /// Their IP address; one shared address for all visitors for whom it is unknown.
    pub address: IpAddr,
}

impl<S> FromRequestParts<S> for Visitor
where
    Window: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Visitor, Infallible> {
        let window = Window::from_ref(state);
        let session = Session::of(&parts.headers, window.settings.secure_cookies);
        let address = address(parts, window.settings.behind_proxy);
        Ok(Visitor { session, proposed: proposed(&parts.headers), address })
    }
}

/// The most preferred language of `Accept-Language` that we support or map to one of ours.
pub(in crate::web) fn proposed(headers: &HeaderMap) -> Option<Lang> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(&str, f32)> = header.split(',').filter_map(wish).collect();
    wishes.sort_by(|a, b| b.1.total_cmp(&a.1));
    wishes.into_iter().find_map(|(code, _)| Lang::proposed_for(code))
}

/// `ht;q=0.8`: a language code and its weight.
fn wish(part: &str) -> Option<(&str, f32)> {
    let (code, rest) = part.split_once(';').unwrap_or((part, ""));
    let weight = rest.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0);
    (weight > 0.0).then_some((code.trim(), weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wished_for_language_that_we_speak_is_proposed() {
        let proposed = |text: &str| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, text.parse().unwrap())]);
            proposed(&headers).map(Lang::code)
        };
        assert_eq!(proposed("es-CL,es;q=0.9,en;q=0.8"), Some("es"));
        assert_eq!(proposed("de, en;q=0.5, es;q=0.7"), Some("es"));
        assert_eq!(proposed("fr-FR,fr;q=0.9"), Some("ht"));
        assert_eq!(proposed("en;q=0, es"), Some("es"));
        for nothing in ["", "*", "zz", ";;,,;q=", "q=0.5", "en;q=0"] {
            assert_eq!(proposed(nothing), None, "{nothing}");
        }
    }
}
