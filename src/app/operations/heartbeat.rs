//! Heartbeat: each replica reports the revision it answers from, so that the console can show how far a publication is.

use chrono::TimeDelta;

use crate::app::runtime::app::App;
use crate::app::runtime::heartbeat_sent::Heartbeat;
use crate::app::runtime::internal_error::InternalError;
use crate::store::StoreError;
use crate::store::operations::replicas::{self, Reach};
use crate::store::operations::revision;

/// A replica without a heartbeat for this long counts as gone.
pub(in crate::app) const SILENT: TimeDelta = TimeDelta::seconds(30);
/// Interval of unchanged heartbeats; limits writes on a small disk.
const BEAT: TimeDelta = TimeDelta::seconds(10);

/// Writes a heartbeat if the revision or keys have changed, or the last one is older than the interval.
pub async fn heartbeat(app: &App, name: &str) -> Result<(), InternalError> {
    let (revision, now) = (app.live.now().revision, app.clock.now());
    let keys = app.encryption.keys().1.join(" ");
    let said = app.last_heartbeat.lock().map_or(None, |heartbeat| heartbeat.clone());
    if said.is_some_and(|heartbeat| {
        heartbeat.revision == revision && heartbeat.keys == keys && (now - heartbeat.at).abs() < BEAT
    }) {
        return Ok(());
    }
    let run = async {
        let mut tx = app.db.begin().await?;
        replicas::heartbeat(&mut tx, name, revision, &keys, now.timestamp()).await?;
        replicas::drop_silent(&mut tx, (now - SILENT).timestamp(), (now + SILENT).timestamp()).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| InternalError::again(&app.lasting, "say which revision answers", error))?;
    if let Ok(mut heartbeat) = app.last_heartbeat.lock() {
        *heartbeat = Some(Heartbeat { revision, keys, at: now });
    }
    Ok(())
}

/// How many replicas have loaded the newest revision.
pub async fn reach(app: &App) -> Result<Reach, InternalError> {
    let run = async {
        let newest = revision::current(&app.db).await?;
        replicas::reach(&app.db, newest, (app.clock.now() - SILENT).timestamp()).await
    };
    run.await.map_err(|error: StoreError| InternalError::new("see how far a revision has come", error))
}
