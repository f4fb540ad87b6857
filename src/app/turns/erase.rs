//! Erases a chat from every table that holds anything under its key.

use crate::domain::people::chat::ChatKey;
use crate::store::chats::{self, shown_messages, transcripts, updates};
use crate::store::inbox::{questions, subscriptions};
use crate::store::outbox::{self, undelivered};
use crate::store::staff::{telegram_groups, telegram_links};
use crate::store::{StoreError, Tx};

/// Erases the chat and its staff chat.
/// Every table with data of a chat must be listed here; the test of `/forget` searches the whole database.
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
