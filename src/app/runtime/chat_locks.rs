//! Chat locks: turns of one chat run one after the other, turns of different chats at the same time.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::{Mutex, MutexGuard};

use crate::domain::people::chat::ChatKey;

/// How many locks there are.
/// Chats that share a lock wait for each other's turns, some milliseconds; a lock for each chat would need clean-up.
const LOCKS: usize = 1024;

/// The chat locks of an app.
pub(in crate::app) struct ChatLocks(Vec<Mutex<()>>);

impl ChatLocks {
    pub fn new() -> ChatLocks {
        ChatLocks((0..LOCKS).map(|_| Mutex::new(())).collect())
    }

    /// Waits until no other turn of the chat runs in this process; between replicas the chat's version does this.
    pub async fn enter(&self, chat: &ChatKey) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        chat.hash(&mut hasher);
        self.0[hasher.finish() as usize % LOCKS].lock().await
    }
}
