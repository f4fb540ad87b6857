//! The webhook: Telegram brings updates, and hears 200 only when their turns are saved.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::door::Door;

/// Where Telegram brings updates.
pub const PATH: &str = "/telegram/webhook";
/// The header in which Telegram shows the secret.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Longest body that is read; an update has some kilobytes.
const LONGEST_BODY: usize = 512 * 1024;

struct Webhook {
    door: Arc<Door>,
    secret: SecretString,
}

/// The route by which updates come in.
pub(super) fn routes(door: Arc<Door>, secret: SecretString) -> Router {
    Router::new().route(PATH, post(receive)).with_state(Arc::new(Webhook { door, secret }))
}

async fn receive(State(webhook): State<Arc<Webhook>>, request: Request) -> StatusCode {
    // Before the body is read: strangers cost us nothing.
    if !webhook.knows(request.headers()) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(body) = to_bytes(request.into_body(), LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let Ok(update) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    match webhook.door.take(&update).await {
        Ok(()) => StatusCode::OK,
        // Telegram brings it again.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Webhook {
    /// Whether the secret was shown; takes as long for a good guess as for a bad one.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(SECRET_HEADER).map_or(&[][..], |value| value.as_bytes());
        self.secret.expose_secret().as_bytes().ct_eq(shown).into()
    }
}
