//! The webhook: Telegram sends updates, and gets status 200 only when their turns are saved.

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

/// Path of the webhook.
pub const PATH: &str = "/telegram/webhook";
/// Header with the secret.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Name of this route in metrics.
const DOOR: &str = "webhook";
/// Longest body that is read; an update has a few kilobytes.
const LONGEST_BODY: usize = 512 * 1024;

/// Most updates taken at once: as many as fit into one group commit. Danger needs no permit; other updates wait for
/// one, and the server's connection limit bounds how many can wait.
const AT_ONCE: usize = 128;

struct Webhook {
    door: Arc<Door>,
    secret: SecretString,
    places: Semaphore,
}

/// A permit to take an update; `None` where none was needed.
type Place<'a> = Option<SemaphorePermit<'a>>;

/// The webhook's route.
pub(super) fn routes(door: Arc<Door>, secret: SecretString) -> Router {
    Router::new().route(PATH, post(receive)).with_state(Arc::new(Webhook {
        door,
        secret,
        places: Semaphore::new(AT_ONCE),
    }))
}

async fn receive(State(webhook): State<Arc<Webhook>>, request: Request) -> StatusCode {
    // Before the body is read, so that strangers cost nothing.
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
    // It would never decode, and redelivery would block later updates: acknowledge it.
    let Some(update) = raw::received(update.get()).update else {
        return StatusCode::OK;
    };
    let Some(_place) = webhook.place(&update).await else {
        metrics::turned_away(DOOR, "full");
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    match webhook.door.take(&update).await {
        Ok(()) => StatusCode::OK,
        // Telegram delivers it again.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Webhook {
    /// Waits for a permit to take an update; `None` where Telegram should deliver it again.
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

    /// Counts a request with a wrong secret; logs at most once a minute.
    fn wrong_secret(&self) {
        metrics::turned_away(DOOR, "secret");
        let app = &self.door.app;
        if let Some(requests) = app.telegram.wrong_secret(app.clock.now()) {
            tracing::warn!(requests, "the webhook was called with a wrong secret; /ready says more");
        }
    }

    /// Compares the secret in constant time.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(SECRET_HEADER).map_or(&[][..], |value| value.as_bytes());
        self.secret.expose_secret().as_bytes().ct_eq(shown).into()
    }
}
