//! Lookups of chats, in batches: one query for all that are queued.

use crate::app::runtime::batcher::Work;
use crate::domain::people::chat::ChatKey;
use crate::store::chats::{self, StoredChat};
use crate::store::{Db, StoreError};

/// A chat to look up.
pub(in crate::app) struct Lookup(pub ChatKey);

impl Work for Lookup {
    type Done = StoredChat;

    async fn together(db: &Db, lookups: &[Lookup]) -> Result<Vec<StoredChat>, StoreError> {
        chats::load_all(db, &lookups.iter().map(|Lookup(key)| key).collect::<Vec<_>>()).await
    }
}
