//! What could not be delivered: rows of the outbox that were put aside, sealed as they were, until somebody decides.

use super::RowId;
use crate::domain::people::chat::ChatKey;
use crate::store::db::{Db, StoreError, Tx, all, on_db, run};

/// A message that could not be delivered, as operators see it: no words, no address.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Undelivered {
    /// Its name: 32 hexadecimal digits.
    pub id: String,
    /// When it was to be sent, in milliseconds since 1970.
    pub queued_ms: i64,
    /// When it was put aside, in seconds since 1970.
    pub since: i64,
    /// When it is dropped by itself, in seconds since 1970; nothing where it stays until somebody decides.
    pub expires_at: Option<i64>,
    /// Why it could not be delivered.
    pub reason: String,
    /// How often it was tried to send it; nothing where that was not counted.
    pub attempts: Option<i64>,
    /// Whether it was for staff rather than for a person.
    pub for_staff: bool,
}

/// Puts a row of the outbox aside under a name.
pub async fn put_aside(
    tx: &mut Tx,
    row: &RowId,
    id: &str,
    reason: &str,
    (since, expires_at): (i64, i64),
) -> Result<(), StoreError> {
    const COPY: &str = "INSERT INTO undelivered \
         (id, chat, seq, sealed, pieces, queued_ms, precedence, reason, since, expires_at, attempts) \
         SELECT $3, chat, seq, sealed, pieces, queued_ms, precedence, $4, $5, $6, attempts FROM outbox \
         WHERE chat = $1 AND seq = $2";
    run!(tx, COPY, row.chat.as_str(), row.seq, id, reason, since, expires_at);
    run!(tx, "DELETE FROM outbox WHERE chat = $1 AND seq = $2", row.chat.as_str(), row.seq);
    Ok(())
}

/// All of them, the oldest first.
pub async fn list(db: &Db) -> Result<Vec<Undelivered>, StoreError> {
    // Messages to staff wait under a key of their own (`ChatKey::desk`).
    const SQL: &str = "SELECT id, queued_ms, since, expires_at, reason, attempts, chat LIKE 'desk-%' AS for_staff \
         FROM undelivered ORDER BY queued_ms, id";
    Ok(all!(db, SQL))
}

/// How many there are.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    Ok(on_db!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM undelivered").fetch_one(c))?)
}

/// Puts one back into the outbox at its old place, to be sent at once whatever another machine's clock says; false where it is not there any more.
pub async fn try_again(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, StoreError> {
    const COPY: &str = "INSERT INTO outbox (chat, seq, sealed, pieces, queued_ms, precedence, not_before, claimed_until, attempts) \
         SELECT chat, seq, sealed, pieces, $2, precedence, 0, 0, 0 FROM undelivered WHERE id = $1 ON CONFLICT (chat, seq) DO NOTHING";
    let put = run!(tx, COPY, id, now_ms);
    Ok(put == 1 && drop_one(tx, id).await?)
}

/// Drops one; false where it is not there any more.
pub async fn drop_one(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM undelivered WHERE id = $1", id) == 1)
}

/// Deletes all of a chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM undelivered WHERE chat = $1", chat.as_str());
    Ok(())
}

/// Drops what nobody has decided about in time.
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM undelivered WHERE expires_at <= $1", now);
    Ok(())
}
