//! Static files (two style sheets, the icon): compiled in, compressed once, served at addresses with a content hash.

use std::io::Write;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::window::Window;

/// Cache header for an address with the current content hash: the content under it never changes.
const YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Cache header for fixed addresses, whose content may change with the next release.
const DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// Cache header for an outdated or newer hash: a page of another version is open, or another replica is newer.
const MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// Search engines may index the chat and the public statistics, not the console.
const ROBOTS: &str = "User-agent: *\nDisallow: /console\nDisallow: /telegram\n";

/// A file that pages load.
struct Asset {
    name: &'static str,
    ending: &'static str,
    kind: HeaderValue,
    plain: &'static str,
    /// Gzip bytes; empty if compression failed.
    packed: Vec<u8>,
    /// First eight hexadecimal digits of the content's SHA-256.
    mark: String,
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        asset("style", "css", "text/css; charset=utf-8", include_str!("style.css")),
        asset("console", "css", "text/css; charset=utf-8", include_str!("console/console.css")),
        asset("icon", "svg", "image/svg+xml", include_str!("icon.svg")),
    ]
});

/// Address of the chat's style sheet; it changes with the content.
pub(super) static STYLE_PATH: LazyLock<String> = LazyLock::new(|| ASSETS[0].path());
/// Address of the console's style sheet.
pub(super) static CONSOLE_PATH: LazyLock<String> = LazyLock::new(|| ASSETS[1].path());
/// Address of the icon.
pub(super) static ICON_PATH: LazyLock<String> = LazyLock::new(|| ASSETS[2].path());

fn asset(name: &'static str, ending: &'static str, kind: &'static str, plain: &'static str) -> Asset {
    let mark = HEXLOWER.encode(&Sha256::digest(plain)[..4]);
    Asset { name, ending, kind: HeaderValue::from_static(kind), plain, packed: packed(plain), mark }
}

fn packed(plain: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(plain.as_bytes());
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

impl Asset {
    fn path(&self) -> String {
        format!("/static/{}-{}.{}", self.name, self.mark, self.ending)
    }

    fn response(&self, headers: &HeaderMap, kept: HeaderValue) -> Response {
        let plain = [(CONTENT_TYPE, self.kind.clone()), (CACHE_CONTROL, kept)];
        let vary = [(VARY, HeaderValue::from_static("accept-encoding"))];
        if self.packed.is_empty() || !takes_gzip(headers) {
            return (plain, vary, self.plain).into_response();
        }
        (plain, vary, [(CONTENT_ENCODING, HeaderValue::from_static("gzip"))], self.packed.clone()).into_response()
    }
}

pub(super) fn routes() -> Router<Window> {
    Router::new()
        .route("/static/{file}", get(file))
        // Browsers request this address on their own.
        .route("/favicon.ico", get(async |headers: HeaderMap| ASSETS[2].response(&headers, DAY)))
        .route("/robots.txt", get(robots))
}

async fn robots() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], [(CACHE_CONTROL, DAY)], ROBOTS)
}

async fn file(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let parts = file.rsplit_once('.').and_then(|(stem, ending)| Some((stem.rsplit_once('-')?, ending)));
    let Some(((name, mark), ending)) = parts else { return StatusCode::NOT_FOUND.into_response() };
    match ASSETS.iter().find(|asset| asset.name == name && asset.ending == ending) {
        Some(asset) => asset.response(&headers, if asset.mark == mark { YEAR } else { MINUTE }),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Whether `Accept-Encoding` names gzip and does not refuse it.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let gzip = |part: &str| {
        let (coding, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        coding.trim().eq_ignore_ascii_case("gzip") && weight.is_none_or(|weight| weight > 0.0)
    };
    named.flat_map(|value| value.split(',')).any(gzip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_sent_compressed_only_to_who_takes_it() {
        let takes = |text: &str| takes_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, text.parse().unwrap())]));
        for yes in ["gzip", "br, gzip;q=0.5", "GZIP", "deflate,gzip"] {
            assert!(takes(yes), "{yes}");
        }
        for no in ["", "br", "gzip;q=0", "identity, gzip;q=0.0"] {
            assert!(!takes(no), "{no}");
        }
    }
}
