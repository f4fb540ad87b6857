//! The id of an outbox row: a chat and a position in its queue.

use crate::domain::people::chat::ChatKey;

/// The id of an outbox row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowId {
    /// The chat that the message goes to.
    pub chat: ChatKey,
    /// Its position among the chat's rows.
    pub seq: i64,
}
