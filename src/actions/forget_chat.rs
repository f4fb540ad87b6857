//! Forgets a chat: every table that holds anything under its key.

use super::fault::Fault;
use super::house::House;
use crate::domain::chat::{ChatKey, Door};
use crate::store::{
    StoreError, Tx, chats, outbox, questions, shown_messages, staff_groups, staff_links, transcripts, undelivered,
    updates, wishes,
};

/// Forgets the chat at this address, and what waits to be sent to it.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget_chat(house: &House, door: Door, address: &str) -> Result<(), Fault> {
    let key = house.seal.chat_key(door, address);
    forget(house, &key).await.map_err(|error| Fault::new("forget a chat", error))
}

pub(super) async fn forget(house: &House, key: &ChatKey) -> Result<(), StoreError> {
    let mut tx = house.db.begin().await?;
    erase(&mut tx, key).await?;
    tx.commit().await?;
    house.erased.notify_one();
    Ok(())
}

/// Every table that holds anything of a chat stands here; the test of `/forget` looks through the whole database.
pub(super) async fn erase(tx: &mut Tx, key: &ChatKey) -> Result<(), StoreError> {
    outbox::forget(tx, key).await?;
    outbox::forget(tx, &key.desk()).await?;
    undelivered::forget(tx, key).await?;
    undelivered::forget(tx, &key.desk()).await?;
    staff_links::forget(tx, key).await?;
    staff_groups::forget(tx, key).await?;
    transcripts::forget(tx, key).await?;
    questions::forget(tx, key).await?;
    wishes::forget(tx, key).await?;
    shown_messages::forget(tx, key).await?;
    updates::forget(tx, key).await?;
    updates::forget(tx, &key.desk()).await?;
    chats::forget(tx, key).await
}
