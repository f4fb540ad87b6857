//! Readiness probe: whether a message could be taken now. It writes as much as a message would, and answers before the
//! caller's timeout.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::app::operations::probing::Readiness;
use crate::app::runtime::app::App;
use crate::encryption::new_id;
use crate::store::operations::{probes, revision};
use crate::store::{StoreError, outbox};

/// Timeout for the database to answer and to write.
const DEADLINE: Duration = Duration::from_secs(3);
/// How long a result is reused, since many callers ask.
const FRESH: Duration = Duration::from_secs(1);
/// How long a successful write is taken as proof; frequent writes wear out the disk of a small machine.
const PROVEN: Duration = Duration::from_secs(10);
/// How long a failed turn commit counts, if none has succeeded since.
const REFUSED: Duration = Duration::from_secs(30);
/// Repetitions of a 32-letter id in a probe; as large as a large message with all its rows.
const FILLER: usize = 1024;

/// Whether a message could be taken now. Concurrent callers share one result.
pub async fn readiness(app: &App) -> Readiness {
    let mut last = app.probing.last.lock().await;
    if let Some((answer, _)) = last.answer.filter(|(_, at)| at.elapsed() < FRESH) {
        return answer;
    }
    let proven = last.written.is_some_and(|at| at.elapsed() < PROVEN);
    let answer = match timeout(DEADLINE, tried(app, proven)).await {
        Ok(answer) => answer,
        Err(_) => {
            say(app, || {
                tracing::error!(seconds = DEADLINE.as_secs(), "not ready: the database does not answer in time")
            });
            Readiness::NoDatabase
        }
    };
    match answer {
        Readiness::Ready { .. } if proven => {}
        Readiness::Ready { .. } => last.written = Some(Instant::now()),
        Readiness::OldSchema | Readiness::NoDatabase | Readiness::NoWrite => last.written = None,
    }
    last.answer = Some((answer, Instant::now()));
    answer
}

/// Logs why it is not ready, at most once a minute.
fn say(app: &App, line: impl FnOnce()) {
    if app.lasting.is_time("readiness") {
        line();
    }
}

/// Queries the database, and writes to it unless a recent write is `proven`.
async fn tried(app: &App, proven: bool) -> Readiness {
    let ready = match asked(app).await {
        Ok(Some(ready)) => ready,
        Ok(None) => return Readiness::OldSchema,
        Err(error) => {
            say(app, || tracing::error!(%error, "not ready: the database does not answer"));
            return Readiness::NoDatabase;
        }
    };
    if app.turn_commits.failed_within(REFUSED) {
        return Readiness::NoWrite;
    }
    match if proven { Ok(()) } else { write(app).await } {
        Ok(()) => ready,
        Err(error) => {
            say(app, || tracing::error!(%error, "not ready: nothing can be written"));
            Readiness::NoWrite
        }
    }
}

/// The database's state; `None` where the schema is not up to date.
async fn asked(app: &App) -> Result<Option<Readiness>, StoreError> {
    if !app.db.is_up_to_date().await? {
        return Ok(None);
    }
    let published = revision::current(&app.db).await?;
    let outbox::Backlog { oldest_ms: oldest, unreadable, .. } = outbox::backlog(&app.db).await?;
    let now = app.clock.now().timestamp_millis();
    let unsent = oldest.map(|since| Duration::from_millis((now - since).max(0).unsigned_abs()));
    Ok(Some(Readiness::Ready { published, unsent, unreadable }))
}

async fn write(app: &App) -> Result<(), StoreError> {
    let mut tx = app.db.begin().await?;
    let filler = new_id().repeat(FILLER);
    probes::write(&mut tx, &app.probing.name, &filler, app.clock.now().timestamp()).await?;
    tx.commit().await
}
