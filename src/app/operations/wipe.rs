//! Wipes the files of a SQLite database: what was deleted is in neither the file nor its log any more.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::store::operations::sqlite_file;

/// Whatever was deleted is wiped after so long, also where nobody rings: replies that arrived, retention, what staff deleted.
const AT_THE_LATEST: Duration = Duration::from_secs(60);
/// At the soonest so long after the last time: whoever erases again and again must not keep the disk busy.
const AT_THE_SOONEST: Duration = Duration::from_secs(5);

/// Wipes the files; false where somebody just reads an older state, or on PostgreSQL, which has no such files of ours.
///
/// # Errors
/// Where the file cannot be written; nothing is lost by that.
pub async fn wipe(app: &App) -> Result<bool, InternalError> {
    let wiped = sqlite_file::empty_log(&app.db).await;
    wiped.map_err(|error| InternalError::again(&app.lasting, "wipe the database file", error))
}

/// Wipes whenever a chat has erased what was kept of it, and each minute, until it is dropped. Turns do not wait for it.
pub async fn wipe_again_and_again(app: &App) {
    loop {
        // Whether somebody rang or the time is over, it is done.
        let _ = timeout(AT_THE_LATEST, app.erased.notified()).await;
        // The fault is in the log, and the next time comes.
        let _ = wipe(app).await;
        sleep(AT_THE_SOONEST).await;
    }
}
