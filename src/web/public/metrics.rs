//! The page for Prometheus, on an address of its own.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::time::timeout;

use crate::app::{App, Readiness, readiness};
use crate::metrics::{self, Metrics};
use crate::store::StoreError;
use crate::store::outbox::undelivered;
use crate::store::outbox::{self, Backlog};

/// How long the database may take to say how much waits: Prometheus gives up after ten seconds.
const DEADLINE: Duration = Duration::from_secs(3);

#[derive(Clone)]
struct MetricsPage {
    app: Arc<App>,
    handle: Metrics,
}

/// `/metrics`. It says nothing about people, but it is not for everybody: give it an address that only Prometheus reaches.
pub fn metrics_routes(app: Arc<App>, handle: Metrics) -> Router {
    Router::new().route("/metrics", get(show)).with_state(MetricsPage { app, handle })
}

async fn show(State(MetricsPage { app, handle }): State<MetricsPage>) -> impl IntoResponse {
    // Asked for now, so that the numbers are never older than the page.
    metrics::revision(app.live.now().revision);
    // Where the database does not answer within its deadlines, everything else is shown all the same.
    let (ready, waiting) = tokio::join!(readiness(&app), waiting(&app));
    metrics::database(matches!(ready, Readiness::Ready { .. }));
    if let Some((backlog, age, undelivered)) = waiting {
        metrics::outbox(backlog.waiting, age);
        metrics::aside(backlog.unreadable);
        metrics::undelivered(undelivered);
    }
    for pool in app.db.pools() {
        metrics::pool(pool.name, pool.idle, pool.busy);
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render())
}

/// How many messages wait, for how long the oldest has, and how many could not be delivered; nothing where the database does
/// not say so in time.
async fn waiting(app: &App) -> Option<(Backlog, Duration, i64)> {
    let asked = async { Ok::<_, StoreError>((outbox::backlog(&app.db).await?, undelivered::count(&app.db).await?)) };
    match timeout(DEADLINE, asked).await {
        Ok(Ok((backlog, undelivered))) => {
            let age = backlog.oldest_ms.map_or(0, |since| (app.clock.now().timestamp_millis() - since).max(0));
            Some((backlog, Duration::from_millis(age.unsigned_abs()), undelivered))
        }
        // Whether the database answers is found out, and logged, beside this.
        Ok(Err(_)) | Err(_) => None,
    }
}
