//! The metrics page for Prometheus, served on its own address.

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

/// Deadline for the database to count the outbox: Prometheus gives up after ten seconds.
const DEADLINE: Duration = Duration::from_secs(3);

#[derive(Clone)]
struct MetricsPage {
    app: Arc<App>,
    handle: Metrics,
}

/// `/metrics`. It holds nothing about people, but is not public: use an address that only Prometheus can reach.
pub fn metrics_routes(app: Arc<App>, handle: Metrics) -> Router {
    Router::new().route("/metrics", get(show)).with_state(MetricsPage { app, handle })
}

async fn show(State(MetricsPage { app, handle }): State<MetricsPage>) -> impl IntoResponse {
    // Read now, so that the gauges are as new as the page.
    metrics::revision(app.live.now().revision);
    // If the database misses its deadlines, all other metrics are shown all the same.
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

/// The outbox backlog, the age of its oldest message, and the number of undelivered messages.
/// `None` if the database does not answer in time.
async fn waiting(app: &App) -> Option<(Backlog, Duration, i64)> {
    let asked = async { Ok::<_, StoreError>((outbox::backlog(&app.db).await?, undelivered::count(&app.db).await?)) };
    match timeout(DEADLINE, asked).await {
        Ok(Ok((backlog, undelivered))) => {
            let age = backlog.oldest_ms.map_or(0, |since| (app.clock.now().timestamp_millis() - since).max(0));
            Some((backlog, Duration::from_millis(age.unsigned_abs()), undelivered))
        }
        // `readiness` detects and logs whether the database answers.
        Ok(Err(_)) | Err(_) => None,
    }
}
