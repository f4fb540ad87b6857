//! Listening for what other replicas publish.

use std::time::Duration;

use super::app::House;
use crate::store::operations::notifications::Bell;

/// After so long a bell that cannot be heard is listened to anew; meanwhile the clock looks.
const AGAIN: Duration = Duration::from_secs(5);

/// Rings the house's own bell whenever another replica has published. It ends at once where there can be no other.
pub async fn listen(house: &House) {
    loop {
        match Bell::of(&house.db).await {
            Ok(None) => return,
            Ok(Some(mut bell)) => {
                // What was published before somebody listened.
                house.news.notify_one();
                while bell.rings().await.is_ok() {
                    house.news.notify_one();
                }
            }
            // Whatever else asks the database says so.
            Err(error) => tracing::debug!(%error, "nobody listens for other replicas"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
