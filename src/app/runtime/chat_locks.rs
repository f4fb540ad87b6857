//! Lanes: turns of one chat run one after the other, turns of different chats side by side.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::{Mutex, MutexGuard};

use crate::domain::people::chat::ChatKey;

/// How many lanes there are. Two chats may share one and then wait for each other for the length of a turn, some
/// milliseconds; a lane for each chat would have to be cleaned up after it.
const LOCKS: usize = 1024;

/// The lanes of a house.
pub(in crate::app) struct ChatLocks(Vec<Mutex<()>>);

impl ChatLocks {
    pub fn new() -> ChatLocks {
        ChatLocks((0..LOCKS).map(|_| Mutex::new(())).collect())
    }

    /// Waits until no other turn of the chat runs here; other replicas are kept apart by the chat's version.
    pub async fn enter(&self, chat: &ChatKey) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        chat.hash(&mut hasher);
        self.0[hasher.finish() as usize % LOCKS].lock().await
    }
}
