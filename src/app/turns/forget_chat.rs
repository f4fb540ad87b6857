//! Forgets a chat: erases it, and has the files of the database wiped.

use super::erase::erase;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::domain::people::chat::{ChatKey, Door};
use crate::store::StoreError;

/// Forgets the chat at this address, and its messages in the outbox.
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
