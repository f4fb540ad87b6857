//! The last exchanges of web chats, encrypted, until they expire.

use crate::domain::people::chat::ChatKey;
use crate::store::db::{Db, StoreError, Tx, on_db, on_tx};

/// The encrypted transcript of a chat, unless it has expired by `now` (seconds since 1970).
pub async fn load(db: &Db, key: &ChatKey, now: i64) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT sealed FROM transcripts WHERE chat = $1 AND expires_at > $2";
    Ok(on_db!(db, c => sqlx::query_scalar(SQL).bind(key.as_str()).bind(now).fetch_optional(c))?)
}

/// Stores an encrypted transcript until `expires_at` (seconds since 1970).
pub async fn save(tx: &mut Tx, key: &ChatKey, sealed: &str, expires_at: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO transcripts (chat, sealed, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (chat) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(key.as_str()).bind(sealed).bind(expires_at).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Deletes the transcript of a chat.
pub async fn forget(tx: &mut Tx, key: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM transcripts WHERE chat = $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(key.as_str()).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Deletes transcripts that have expired.
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM transcripts WHERE expires_at <= $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(now).execute(c).await.map(|_| ()) })?;
    Ok(())
}
