//! The web server: the chat and the console, which work without JavaScript, and health and metrics for operators.

mod assets;
mod charts;
mod chat;
mod console;
mod error;
mod figures;
mod limits;
mod public;
mod serve;
mod window;

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::from_fn;
use axum::routing::get;
use axum::{Router, extract::DefaultBodyLimit};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

pub use self::public::metrics::metrics_routes;
pub use self::serve::{Bounds, serve};

use self::limits::Limits;
pub use self::window::Settings;
use self::window::Window;
use crate::app::App;

/// Time limit of a request, from its last header to its response; slow phones send slowly.
const PATIENCE: Duration = Duration::from_secs(30);

/// Only our own styles and images are loaded, no script runs, and forms are sent to us only.
const CONTENT: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every response.
const HEADERS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, CONTENT),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: browsers would then hide that a form comes from our own page.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (CACHE_CONTROL, "no-store"),
];

/// For `Strict-Transport-Security`: browsers use HTTPS only for a year.
const YEAR_BY_HTTPS: &str = "max-age=31536000";

pub use self::console::paths as console_paths;

/// The chat at `/`, links into it at `/start/…`, the console at `/console`, `/health` and `/ready`.
pub fn routes(app: Arc<App>, settings: Settings) -> Router {
    let limits = Arc::new(Limits::new(app.clock.clone()));
    let window = Window { app, settings, limits };
    let router = Router::new()
        // Only "erase everything" posts to `/`: the response replaces the page, so the history keeps no conversation.
        .route("/", get(chat::show).post(chat::hear))
        .route("/say", get(chat::to_talk).post(chat::hear))
        .route("/start/{link}", get(chat::open))
        .route("/my-data", get(chat::copy))
        .route("/health", get(public::health::health))
        .route("/statistics", get(public::statistics::show))
        .merge(console::routes(window.clone()))
        .route("/ready", get(public::health::ready))
        .merge(assets::routes())
        .fallback(|| async { StatusCode::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .with_state(window)
        .layer(DefaultBodyLimit::disable())
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(from_fn(error::explain))
        .layer(CompressionLayer::new());
    let safely = settings.secure_cookies.then_some((STRICT_TRANSPORT_SECURITY, YEAR_BY_HTTPS));
    // Headers set by a handler, such as the cache header of a style sheet, are kept.
    HEADERS.into_iter().chain(safely).fold(router, |router, (name, value)| {
        router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    })
}
