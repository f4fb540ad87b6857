//! Puts messages to staff into the outbox, under the staff chat's own key and after those already there.

use serde_json::Value;

use super::deliver;
use crate::app::runtime::app::App;
use crate::bot::citizen::Message;
use crate::domain::people::chat::ChatKey;
use crate::store::outbox::{self, RowId, Waiting};
use crate::store::{StoreError, Tx};

/// Puts messages into the outbox, in order.
pub(in crate::app) async fn send_to_staff(
    app: &App,
    tx: &mut Tx,
    chat: &ChatKey,
    return_to: &Value,
    messages: &[Message],
) -> Result<(), StoreError> {
    put(app, tx, chat, return_to, messages, false).await
}

/// The same about danger: sent before all other messages.
pub(in crate::app) async fn send_to_staff_first(
    app: &App,
    tx: &mut Tx,
    chat: &ChatKey,
    return_to: &Value,
    messages: &[Message],
) -> Result<(), StoreError> {
    put(app, tx, chat, return_to, messages, true).await
}

async fn put(
    app: &App,
    tx: &mut Tx,
    chat: &ChatKey,
    return_to: &Value,
    messages: &[Message],
    urgent: bool,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    // Numbered by the time: no number is used twice, so a late delivery cannot settle another message.
    let after = outbox::last(tx, chat).await?.map_or(0, |last| last + 1);
    let first = RowId { chat: chat.clone(), seq: now.timestamp_micros().max(after) };
    let waiting = |(id, sealed)| Waiting { id, sealed, urgent, album: None };
    let outbox_messages = deliver::sealed(app, &first, return_to, messages, false);
    outbox::put_all(tx, &outbox_messages.into_iter().map(waiting).collect::<Vec<_>>(), now).await
}
