//! The webhook: Telegram brings updates, and hears 200 only when their turns are saved.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use serde_json::value::RawValue;
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::door::Door;
use super::incoming::raw;
use crate::app::is_full;
use crate::metrics;

/// Where Telegram brings updates.
pub const PATH: &str = "/telegram/webhook";
/// The header in which Telegram shows the secret.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// By what this door is known where requests are counted.
const DOOR: &str = "webhook";
/// Longest body that is read; an update has some kilobytes.
const LONGEST_BODY: usize = 512 * 1024;

/// How many updates are taken at once: as many as go into one commit. One that speaks of danger needs no place; others wait for one, and
/// how many can wait is bounded by the server's connections.
const AT_ONCE: usize = 128;

struct Webhook {
    door: Arc<Door>,
    secret: SecretString,
    places: Semaphore,
}

/// A place among those that are taken; nothing where none was needed.
type Place<'a> = Option<SemaphorePermit<'a>>;

/// The route by which updates come in.
pub(super) fn routes(door: Arc<Door>, secret: SecretString) -> Router {
    Router::new().route(PATH, post(receive)).with_state(Arc::new(Webhook {
        door,
        secret,
        places: Semaphore::new(AT_ONCE),
    }))
}

async fn receive(State(webhook): State<Arc<Webhook>>, request: Request) -> StatusCode {
    // Before the body is read: strangers cost us nothing.
    if !webhook.knows(request.headers()) {
        webhook.wrong_secret();
        return StatusCode::UNAUTHORIZED;
    }
    webhook.door.app.telegram.right_secret();
    let Ok(body) = to_bytes(request.into_body(), LONGEST_BODY).await else {
        metrics::turned_away(DOOR, "too-large");
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let body = raw::text(&body);
    let Ok(update) = serde_json::from_str::<&RawValue>(&body) else {
        metrics::turned_away(DOOR, "no-json");
        return StatusCode::BAD_REQUEST;
    };
    // Brought again it could be decoded as little, and the others would wait behind it.
    let Some(update) = raw::received(update.get()).update else {
        return StatusCode::OK;
    };
    let Some(_place) = webhook.place(&update).await else {
        metrics::turned_away(DOOR, "full");
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    match webhook.door.take(&update).await {
        Ok(()) => StatusCode::OK,
        // Telegram brings it again.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Webhook {
    /// Waits for a place to take an update; nothing where Telegram is to bring it again.
    async fn place(&self, update: &Value) -> Option<Place<'_>> {
        let full = is_full(&self.door.app).await;
        if let (false, Ok(place)) = (full, self.places.try_acquire()) {
            return Some(Some(place));
        }
        if self.door.speaks_of_danger(update) {
            return Some(None);
        }
        if full {
            return None;
        }
        self.places.acquire().await.ok().map(Some)
    }

    /// Counts who came without our secret; the log gets one line a minute.
    fn wrong_secret(&self) {
        metrics::turned_away(DOOR, "secret");
        let app = &self.door.app;
        if let Some(requests) = app.telegram.wrong_secret(app.clock.now()) {
            tracing::warn!(requests, "the webhook was called with a wrong secret; /ready says more");
        }
    }

    /// Whether the secret was shown; takes as long for a good guess as for a bad one.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(SECRET_HEADER).map_or(&[][..], |value| value.as_bytes());
        self.secret.expose_secret().as_bytes().ct_eq(shown).into()
    }
}
