//! Listening for what other replicas publish.

use std::time::Duration;

use super::app::App;
use crate::store::operations::notifications::Notifications;

/// After so long a bell that cannot be heard is listened to anew; meanwhile the clock looks.
const AGAIN: Duration = Duration::from_secs(5);

/// Rings the house's own bell whenever another replica has published. It ends at once where there can be no other.
pub async fn listen(app: &App) {
    loop {
        match Notifications::of(&app.db).await {
            Ok(None) => return,
            Ok(Some(mut notifications)) => {
                // What was published before somebody listened.
                app.published.notify_one();
                while notifications.next().await.is_ok() {
                    app.published.notify_one();
                }
            }
            // Whatever else asks the database says so.
            Err(error) => tracing::debug!(%error, "nobody listens for other replicas"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
