//! The page for Prometheus, on an address of its own.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::actions::House;
use crate::measures::{self, Measures};
use crate::store::outbox;

#[derive(Clone)]
struct Measured {
    house: Arc<House>,
    measures: Measures,
}

/// `/metrics`. It says nothing about people, but it is not for everybody: give it an address that only Prometheus reaches.
pub fn metrics_routes(house: Arc<House>, measures: Measures) -> Router {
    Router::new().route("/metrics", get(show)).with_state(Measured { house, measures })
}

async fn show(State(Measured { house, measures }): State<Measured>) -> impl IntoResponse {
    // Asked for now, so that the numbers are never older than the page.
    measures::revision(house.live.now().revision);
    measures::outbox(waiting(&house).await);
    for pool in house.db.pools() {
        measures::pool(pool.name, pool.idle, pool.busy);
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], measures.render())
}

async fn waiting(house: &House) -> Option<(i64, Duration)> {
    match outbox::backlog(&house.db).await {
        Ok(backlog) => {
            let age = backlog.oldest_ms.map_or(0, |since| (house.clock.now().timestamp_millis() - since).max(0));
            Some((backlog.waiting, Duration::from_millis(age.unsigned_abs())))
        }
        Err(error) => {
            tracing::error!(%error, "metrics: the database does not answer");
            None
        }
    }
}
