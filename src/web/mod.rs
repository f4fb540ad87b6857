//! The chat page and the console, which work without JavaScript, and the pages for those who run the program.

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

/// How long a request may take, from its last header to its answer: slow phones send slowly.
const PATIENCE: Duration = Duration::from_secs(30);

/// Nothing is loaded but our own style and picture, no script runs, and forms lead only to us.
const CONTENT: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every response.
const HEADERS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, CONTENT),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: with it browsers hide from us that a form is our own.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (CACHE_CONTROL, "no-store"),
];

/// Where people come by https, browsers come by nothing else for a year.
const YEAR_BY_HTTPS: &str = "max-age=31536000";

pub use self::console::paths as console_paths;

/// The chat at `/`, links into it at `/start/…`, the console at `/console`, `/health` and `/ready`.
pub fn routes(app: Arc<App>, settings: Settings) -> Router {
    let limits = Arc::new(Limits::new(app.clock.clone()));
    let window = Window { app, settings, limits };
    let router = Router::new()
        // To `/` itself only "erase everything" is sent: the answer takes the page's place, and no browser keeps the talk to go back to.
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
    // What a handler has set itself, such as how long a style may be kept, stays.
    HEADERS.into_iter().chain(safely).fold(router, |router, (name, value)| {
        router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    })
}
