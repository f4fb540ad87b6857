//! Converts a chat to and from its stored form: the memory of the conversation is encrypted.

use crate::app::runtime::app::App;
use crate::domain::people::chat::{Chat, ChatKey};
use crate::store::chats::StoredChat;

/// The chat, with its memory if it can be decrypted.
pub(in crate::app) fn decrypted(app: &App, key: &ChatKey, stored: &StoredChat) -> Chat {
    // A memory that cannot be decrypted any more (the key has changed) counts as none.
    let memory = stored.memory.as_deref().and_then(|memory| app.encryption.decrypt(key, memory).ok());
    let StoredChat { lang, municipality, handoff, subscribed, .. } = stored.clone();
    Chat { lang, municipality, memory, handoff, subscribed }
}

/// The chat as it is to be stored over `stored`.
pub(in crate::app) fn encrypted(app: &App, key: &ChatKey, chat: &Chat, stored: &StoredChat) -> StoredChat {
    StoredChat {
        lang: chat.lang,
        municipality: chat.municipality.clone(),
        memory: chat.memory.as_ref().map(|memory| app.encryption.encrypt(key, memory)),
        memory_until: chat.memory.as_ref().map(|memory| memory.until.timestamp()),
        version: stored.version,
        last_day: stored.last_day,
        handoff: chat.handoff,
        subscribed: chat.subscribed,
        minute: stored.minute,
        uncounted: stored.uncounted,
    }
}
