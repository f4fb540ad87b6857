//! Message numbers on discreet topics, encrypted, kept as long as the talk's memory so that messages can be retracted.

use crate::domain::people::chat::ChatKey;
use crate::store::db::bulk::{self, Value};
use crate::store::db::{Db, StoreError, Tx, maybe_in, on_db, on_tx, run};
use crate::store::outbox::RowId;

/// Stores the encrypted numbers of delivered messages until `expires_at` (seconds since 1970).
pub async fn put(tx: &mut Tx, shown: &[(&RowId, String)], expires_at: i64) -> Result<(), StoreError> {
    const HEAD: &str = "INSERT INTO shown_messages (chat, seq, sealed, expires_at)";
    const END: &str =
        "ON CONFLICT (chat, seq) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at";
    let rows = shown.iter().map(|(id, sealed)| {
        [Value::Text(id.chat.as_str()), Value::Whole(id.seq), Value::Text(sealed), Value::Whole(expires_at)]
    });
    bulk::insert(tx, HEAD, &rows.collect::<Vec<_>>(), END).await?;
    Ok(())
}

/// The encrypted numbers of a chat's messages, in order.
pub async fn of(tx: &mut Tx, chat: &ChatKey) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT sealed FROM shown_messages WHERE chat = $1 ORDER BY seq";
    let rows: Vec<(String,)> = on_tx!(tx, c => async { sqlx::query_as(SQL).bind(chat.as_str()).fetch_all(c).await })?;
    Ok(rows.into_iter().map(|(sealed,)| sealed).collect())
}

/// How many rows are stored for a chat.
pub async fn count(db: &Db, chat: &ChatKey) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM shown_messages WHERE chat = $1";
    Ok(on_db!(db, c => sqlx::query_scalar(SQL).bind(chat.as_str()).fetch_one(c))?)
}

/// The encrypted numbers of one outbox row whose message was sent in parts.
pub async fn of_row(tx: &mut Tx, row: &RowId) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT sealed FROM shown_messages WHERE chat = $1 AND seq = $2";
    let found: Option<(String,)> = maybe_in!(tx, SQL, row.chat.as_str(), row.seq);
    Ok(found.map(|(sealed,)| sealed))
}

/// Deletes the rows of a chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM shown_messages WHERE chat = $1", chat.as_str());
    Ok(())
}

/// Deletes rows whose retention period is over.
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM shown_messages WHERE expires_at <= $1", now);
    Ok(())
}
