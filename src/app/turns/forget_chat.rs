//! Forgets a chat: every table that holds anything under its key.

use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::domain::people::chat::{ChatKey, Door};
use crate::store::chats::{self, shown_messages, transcripts, updates};
use crate::store::inbox::{questions, subscriptions};
use crate::store::outbox::{self, undelivered};
use crate::store::staff::{telegram_groups, telegram_links};
use crate::store::{StoreError, Tx};

/// Forgets the chat at this address, and what waits to be sent to it.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget_chat(app: &App, door: Door, address: &str) -> Result<(), InternalError> {
    let key = app.encryption.chat_key(door, address);
    forget(app, &key).await.map_err(|error| InternalError::new("forget a chat", error))
}

pub(in crate::app) async fn forget(app: &App, key: &ChatKey) -> Result<(), StoreError> {
    let mut tx = app.db.begin().await?;
    erase(&mut tx, key).await?;
    tx.commit().await?;
    app.erased.notify_one();
    Ok(())
}

/// Every table that holds anything of a chat stands here; the test of `/forget` looks through the whole database.
pub(in crate::app) async fn erase(tx: &mut Tx, key: &ChatKey) -> Result<(), StoreError> {
    outbox::forget(tx, key).await?;
    outbox::forget(tx, &key.staff()).await?;
    undelivered::forget(tx, key).await?;
    undelivered::forget(tx, &key.staff()).await?;
    telegram_links::forget(tx, key).await?;
    telegram_groups::forget(tx, key).await?;
    transcripts::forget(tx, key).await?;
    questions::forget(tx, key).await?;
    subscriptions::forget(tx, key).await?;
    shown_messages::forget(tx, key).await?;
    updates::forget(tx, key).await?;
    updates::forget(tx, &key.staff()).await?;
    chats::forget(tx, key).await
}
