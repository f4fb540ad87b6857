//! The style and the small picture: part of the program, named by their content, kept by browsers for a year.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Window;

const STYLE: &str = include_str!("style.css");
const CONSOLE: &str = include_str!("console/console.css");
const ICON: &str = include_str!("icon.svg");
const YEAR: &str = "public, max-age=31536000, immutable";

/// Where the style is: a new one has a new address.
pub(super) static STYLE_PATH: LazyLock<String> = LazyLock::new(|| format!("/{}.css", fingerprint(STYLE)));
/// Where the console's style is.
pub(super) static CONSOLE_PATH: LazyLock<String> = LazyLock::new(|| format!("/{}.css", fingerprint(CONSOLE)));
/// Where the picture is.
pub(super) static ICON_PATH: LazyLock<String> = LazyLock::new(|| format!("/{}.svg", fingerprint(ICON)));

pub(super) fn routes() -> Router<Window> {
    Router::new()
        .route(&STYLE_PATH, get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route(&CONSOLE_PATH, get(|| async { file("text/css; charset=utf-8", CONSOLE) }))
        .route(&ICON_PATH, get(|| async { file("image/svg+xml", ICON) }))
}

fn file(kind: &'static str, content: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, YEAR)], content)
}

fn fingerprint(content: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(content)[..4])
}
