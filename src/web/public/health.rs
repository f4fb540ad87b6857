//! The health pages: `/health` says that this replica is alive, `/ready` that it can take messages, and with which revision.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::app::{Readiness, readiness};
use crate::web::window::Window;

/// What the pages say.
#[derive(Debug, Serialize)]
pub(in crate::web) struct Health {
    status: &'static str,
    /// The revision that answers now.
    revision: i64,
    /// The revision that is published; a moment ahead after a publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
    /// What an operator should hear of although messages can be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// For how many seconds the oldest message has waited to be sent, where one waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    unsent_seconds: Option<u64>,
}

impl Health {
    fn of(status: &'static str, revision: i64) -> Health {
        Health { status, revision, published: None, unsent_seconds: None, warnings: Vec::new() }
    }
}

/// Messages that have waited for longer than this do not go out.
const LONG: Duration = Duration::from_secs(60);

/// `GET /health`: whoever gets an answer knows that the program runs. It asks nobody else, so that a database that is
/// away does not make a supervisor kill all replicas.
pub(in crate::web) async fn health(State(window): State<Window>) -> Json<Health> {
    Json(Health::of("ok", window.app.live.now().revision))
}

/// `GET /ready`: whether messages may be brought to this replica. Its knowledge is built before it listens.
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
            // The web chat answers whether or not Telegram takes messages: this is said, and refuses nobody.
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
