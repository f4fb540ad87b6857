//! Listening for what other replicas publish.

use std::time::Duration;

use super::app::App;
use crate::store::operations::notifications::Bell;

/// After so long a bell that cannot be heard is listened to anew; meanwhile the clock looks.
const AGAIN: Duration = Duration::from_secs(5);

/// Rings the house's own bell whenever another replica has published. It ends at once where there can be no other.
pub async fn listen(app: &App) {
    loop {
        match Bell::of(&app.db).await {
            Ok(None) => return,
            Ok(Some(mut bell)) => {
                // What was published before somebody listened.
                app.news.notify_one();
                while bell.rings().await.is_ok() {
                    app.news.notify_one();
                }
            }
            // Whatever else asks the database says so.
            Err(error) => tracing::debug!(%error, "nobody listens for other replicas"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
