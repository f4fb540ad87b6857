//! Backpressure: from so many messages that wait to be sent on, what Telegram has for us waits with Telegram.

use crate::app::runtime::app::App;
use crate::store::outbox;

/// Whether so much waits to be sent that nothing more is to be taken that can wait elsewhere.
pub async fn is_full(app: &App) -> bool {
    let fullness = &app.fullness;
    if let Some(full) = fullness.known() {
        return full;
    }
    // Where the database does not answer, whatever is to be taken meets the same.
    let full = outbox::holds(&app.db, fullness.most).await.unwrap_or(false);
    if app.telegram.is_full(full) && full {
        tracing::warn!(most = fullness.most, "so many messages wait to be sent that updates are left with Telegram");
    }
    fullness.found(full);
    full
}
