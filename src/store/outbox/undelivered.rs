//! Undelivered messages: outbox rows that were set aside, still encrypted, until somebody decides what to do.

use super::RowId;
use crate::domain::people::chat::ChatKey;
use crate::store::db::{Db, StoreError, Tx, all, on_db, run};

/// An undelivered message as operators see it: without words or address.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Undelivered {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// When it was put into the outbox, in milliseconds since 1970.
    pub queued_ms: i64,
    /// When it was set aside, in seconds since 1970.
    pub since: i64,
    /// When it is deleted automatically, in seconds since 1970; `None` if it is kept until somebody decides.
    pub expires_at: Option<i64>,
    /// Why it could not be delivered.
    pub reason: String,
    /// How often sending was tried; `None` if that was not counted.
    pub attempts: Option<i64>,
    /// Whether it was for staff rather than for a person.
    pub for_staff: bool,
}

/// Moves a row from the outbox to the undelivered messages under an id.
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

/// All undelivered messages, the oldest first.
pub async fn list(db: &Db) -> Result<Vec<Undelivered>, StoreError> {
    // Messages to staff have a chat key of their own (`ChatKey::staff`).
    const SQL: &str = "SELECT id, queued_ms, since, expires_at, reason, attempts, chat LIKE 'desk-%' AS for_staff \
         FROM undelivered ORDER BY queued_ms, id";
    Ok(all!(db, SQL))
}

/// The number of undelivered messages.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    Ok(on_db!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM undelivered").fetch_one(c))?)
}

/// Puts one back into the outbox at its old position, due at once whatever another machine's clock says; false if it is
/// gone, or its position is taken.
pub async fn try_again(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, StoreError> {
    const COPY: &str = "INSERT INTO outbox (chat, seq, sealed, pieces, queued_ms, precedence, not_before, claimed_until, attempts) \
         SELECT chat, seq, sealed, pieces, $2, precedence, 0, 0, 0 FROM undelivered WHERE id = $1 ON CONFLICT (chat, seq) DO NOTHING";
    let put = run!(tx, COPY, id, now_ms);
    Ok(put == 1 && drop_one(tx, id).await?)
}

/// Deletes one; false if it is gone.
pub async fn drop_one(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM undelivered WHERE id = $1", id) == 1)
}

/// Deletes all undelivered messages to a chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM undelivered WHERE chat = $1", chat.as_str());
    Ok(())
}

/// Deletes messages whose retention period is over.
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM undelivered WHERE expires_at <= $1", now);
    Ok(())
}
