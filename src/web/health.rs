//! The health pages: `/health` says that this replica is alive, `/ready` that it can answer, and with which revision.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::Window;
use crate::store::{StoreError, revision};

/// What the pages say.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: &'static str,
    /// The revision that answers now.
    revision: i64,
    /// The revision that is published; a moment ahead after a publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
}

/// `GET /health`: whoever gets an answer knows that the program runs. It asks nobody else, so that a database that is
/// away does not make a supervisor kill all replicas.
pub(super) async fn health(State(window): State<Window>) -> Json<Health> {
    Json(Health { status: "ok", revision: window.house.live.now().revision, published: None })
}

/// `GET /ready`: whether messages may be brought to this replica. Its knowledge is built before it listens.
pub(super) async fn ready(State(window): State<Window>) -> (StatusCode, Json<Health>) {
    let revision = window.house.live.now().revision;
    let unready = |status| (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status, revision, published: None }));
    match asked(&window).await {
        Ok((true, published)) => (StatusCode::OK, Json(Health { status: "ok", revision, published: Some(published) })),
        Ok((false, _)) => unready("the schema is not up to date"),
        Err(error) => {
            tracing::error!(%error, "ready: the database does not answer");
            unready("the database does not answer")
        }
    }
}

async fn asked(window: &Window) -> Result<(bool, i64), StoreError> {
    Ok((window.house.db.is_up_to_date().await?, revision::current(&window.house.db).await?))
}
