//! Which row of the outbox: a chat and a place in it.

use crate::domain::people::chat::ChatKey;

/// Which row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowId {
    /// The chat that it goes to.
    pub chat: ChatKey,
    /// Its place among the chat's rows.
    pub seq: i64,
}
