//! Wipes the files of a SQLite database, so that deleted data remains in neither the file nor its log.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::store::operations::sqlite_file;

/// Longest time between wipes, for deletions that do not notify: delivered replies, retention, deletions by staff.
const AT_THE_LATEST: Duration = Duration::from_secs(60);
/// Shortest time between wipes, so that repeated erasing cannot keep the disk busy.
const AT_THE_SOONEST: Duration = Duration::from_secs(5);

/// Wipes the files; false where a reader uses an older snapshot, or on PostgreSQL, where there is no such file of ours.
///
/// # Errors
/// Where the file cannot be written; no data is lost.
pub async fn wipe(app: &App) -> Result<bool, InternalError> {
    let wiped = sqlite_file::empty_log(&app.db).await;
    wiped.map_err(|error| InternalError::again(&app.lasting, "wipe the database file", error))
}

/// Wipes each time a chat has erased its data, and every minute, until dropped. Turns do not wait for it.
pub async fn wipe_again_and_again(app: &App) {
    loop {
        // Wipe after a notification and after the timeout alike.
        let _ = timeout(AT_THE_LATEST, app.erased.notified()).await;
        // The error has been logged; the next round tries again.
        let _ = wipe(app).await;
        sleep(AT_THE_SOONEST).await;
    }
}
