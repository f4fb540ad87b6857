//! The health page: whether this replica can answer, and with which revision.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::Window;
use crate::store::revision;

/// What `/health` says.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: &'static str,
    /// The revision that answers now.
    revision: i64,
    /// The revision that is published; a moment ahead after a publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
}

pub(super) async fn health(State(window): State<Window>) -> (StatusCode, Json<Health>) {
    let revision = window.house.live.now().revision;
    match revision::current(&window.house.db).await {
        Ok(published) => (StatusCode::OK, Json(Health { status: "ok", revision, published: Some(published) })),
        Err(error) => {
            tracing::error!(%error, "health: the database does not answer");
            let health = Health { status: "the database does not answer", revision, published: None };
            (StatusCode::SERVICE_UNAVAILABLE, Json(health))
        }
    }
}
