//! Backpressure: while the outbox is full, updates are left with Telegram.

use crate::app::runtime::app::App;
use crate::store::outbox;

/// Whether the outbox is so full that input which can wait elsewhere should not be taken.
pub async fn is_full(app: &App) -> bool {
    let fullness = &app.fullness;
    if let Some(full) = fullness.known() {
        return full;
    }
    // If the database does not answer, this counts as not full: taking the input then fails by itself.
    let full = outbox::holds(&app.db, fullness.most).await.unwrap_or(false);
    if app.telegram.is_full(full) && full {
        tracing::warn!(most = fullness.most, "so many messages wait to be sent that updates are left with Telegram");
    }
    fullness.found(full);
    full
}
