//! Listens for publications by other replicas.

use std::time::Duration;

use super::app::App;
use crate::store::operations::notifications::Notifications;

/// Pause before listening again after an error; meanwhile the regular check finds publications.
const AGAIN: Duration = Duration::from_secs(5);

/// Notifies `app.published` whenever another replica has published. Returns at once if there can be no other.
pub async fn listen(app: &App) {
    loop {
        match Notifications::of(&app.db).await {
            Ok(None) => return,
            Ok(Some(mut notifications)) => {
                // Something may have been published before listening began.
                app.published.notify_one();
                while notifications.next().await.is_ok() {
                    app.published.notify_one();
                }
            }
            // At debug level only: everything else that uses the database reports the error.
            Err(error) => tracing::debug!(%error, "nobody listens for other replicas"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
