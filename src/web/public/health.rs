//! The health pages: `/health` tells that this replica runs, `/ready` that it can process messages, and its revision.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::app::{Readiness, readiness};
use crate::web::window::Window;

/// The content of the health pages.
#[derive(Debug, Serialize)]
pub(in crate::web) struct Health {
    status: &'static str,
    /// The revision in use.
    revision: i64,
    /// The published revision; briefly ahead after a publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
    /// Warnings for the operator that do not make the replica unready.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// Age in seconds of the oldest message that waits to be sent, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    unsent_seconds: Option<u64>,
}

impl Health {
    fn of(status: &'static str, revision: i64) -> Health {
        Health { status, revision, published: None, unsent_seconds: None, warnings: Vec::new() }
    }
}

/// Messages that wait longer than this count as not being sent.
const LONG: Duration = Duration::from_secs(60);

/// `GET /health`: succeeds while the program runs. It does not query the database, so that an outage of the database
/// does not make a supervisor kill all replicas.
pub(in crate::web) async fn health(State(window): State<Window>) -> Json<Health> {
    Json(Health::of("ok", window.app.live.now().revision))
}

/// `GET /ready`: whether this replica can process messages. It starts to listen only after its knowledge is built.
pub(in crate::web) async fn ready(State(window): State<Window>) -> (StatusCode, Json<Health>) {
    let revision = window.app.live.now().revision;
    let now = window.app.clock.now();
    let warnings = window.app.telegram.warnings(now);
    let unready = |status| {
        (StatusCode::SERVICE_UNAVAILABLE, Json(Health { warnings: warnings.clone(), ..Health::of(status, revision) }))
    };
    match readiness(&window.app).await {
        Readiness::Ready { .. } if window.app.telegram.is_stuck(now) => {
            unready("no updates of Telegram could be taken for two minutes")
        }
        Readiness::Ready { published, unsent, unreadable } => {
            // The web chat works even if Telegram accepts no messages: the status tells it, the replica stays ready.
            let late = unsent.is_some_and(|unsent| unsent > LONG);
            let status = if late { "ok, but messages wait to be sent" } else { "ok" };
            let unsent_seconds = unsent.map(|unsent| unsent.as_secs());
            let mut warnings = warnings.clone();
            if unreadable > 0 {
                warnings.push(format!(
                    "{unreadable} messages that are to be sent do not open with this key file: ventanilla outbox list"
                ));
            }
            (StatusCode::OK, Json(Health { status, revision, published: Some(published), unsent_seconds, warnings }))
        }
        Readiness::OldSchema => unready("the schema is not up to date"),
        Readiness::NoDatabase => unready("the database does not answer"),
        Readiness::NoWrite => unready("nothing can be written to the database"),
    }
}
