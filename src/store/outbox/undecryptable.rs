//! Outbox rows that the current key file cannot decrypt: they are kept, do not block other rows, and are retried.

use super::row_id::RowId;
use crate::domain::people::chat::ChatKey;
use crate::store::db::{Db, StoreError, Tx, all, on_tx, run};

/// After how many seconds decryption is tried again: the right key may have come back.
pub(in crate::store) const AGAIN: i64 = 600;

/// A row that was set aside because it cannot be decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The row's id.
    pub id: RowId,
    /// When it was put into the outbox, in milliseconds since 1970.
    pub queued_ms: i64,
    /// When decryption was last tried, in seconds since 1970.
    pub tried: i64,
    /// How often sending was tried before.
    pub attempts: i64,
}

const ALL: &str = "SELECT chat, seq, queued_ms, unreadable_at, attempts FROM outbox WHERE unreadable_at IS NOT NULL ORDER BY chat, seq";

fn closed_row((chat, seq, queued_ms, tried, attempts): (String, i64, i64, i64, i64)) -> Closed {
    Closed { id: RowId { chat: ChatKey::from_hash(chat), seq }, queued_ms, tried, attempts }
}

/// The rows that were set aside because the current key cannot decrypt them.
pub async fn list(db: &Db) -> Result<Vec<Closed>, StoreError> {
    Ok(all!(db, ALL).into_iter().map(closed_row).collect())
}

/// The same inside a transaction.
pub async fn list_in(tx: &mut Tx) -> Result<Vec<Closed>, StoreError> {
    let rows: Vec<_> = on_tx!(tx, c => async { sqlx::query_as(ALL).fetch_all(c).await })?;
    Ok(rows.into_iter().map(closed_row).collect())
}

/// Makes a row that was set aside due at once; false if it is gone or was decrypted.
pub async fn open_again(tx: &mut Tx, id: &RowId, now: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET unreadable_at = $3, not_before = 0 \
         WHERE chat = $1 AND seq = $2 AND unreadable_at IS NOT NULL";
    Ok(run!(tx, SQL, id.chat.as_str(), id.seq, now - AGAIN) == 1)
}

/// Deletes a row that was set aside; false if it is gone or was decrypted.
pub async fn drop_one(tx: &mut Tx, id: &RowId) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM outbox WHERE chat = $1 AND seq = $2 AND unreadable_at IS NOT NULL";
    Ok(run!(tx, SQL, id.chat.as_str(), id.seq) == 1)
}

/// Sets a row aside that the current key cannot decrypt: it is kept, and no other row waits for it.
pub async fn lay_aside(tx: &mut Tx, id: &RowId, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_by = NULL, claimed_until = 0, attempts = attempts - 1, unreadable_at = $3 \
         WHERE chat = $1 AND seq = $2";
    run!(tx, SQL, id.chat.as_str(), id.seq, now);
    Ok(())
}

/// Makes all of them due at once.
pub(in crate::store) async fn try_all_soon(tx: &mut Tx) -> Result<(), StoreError> {
    run!(tx, "UPDATE outbox SET unreadable_at = unreadable_at - $1 WHERE unreadable_at IS NOT NULL", AGAIN);
    Ok(())
}
