//! Subscriptions (table `wishes`): who wants to be told of an answer, encrypted, until they are told.

use crate::domain::people::chat::ChatKey;
use crate::store::db::{Db, StoreError, Tx, all, on_tx, run};

/// A subscription as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// Its chat.
    pub chat: ChatKey,
    /// The words, their language and the person's address, encrypted.
    pub sealed: String,
}

/// Stores a subscription until `expires_at` (seconds since 1970); `revision` is the one that has no answer to it.
pub async fn put(
    tx: &mut Tx,
    subscription: &Subscription,
    revision: i64,
    now: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO wishes (id, chat, sealed, revision, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)";
    run!(tx, SQL, &subscription.id, subscription.chat.as_str(), &subscription.sealed, revision, now, expires_at);
    Ok(())
}

/// Deletes all but the newest `most` subscriptions of a chat.
pub async fn keep_newest(tx: &mut Tx, chat: &ChatKey, most: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM wishes WHERE chat = $1 AND id NOT IN \
         (SELECT id FROM wishes WHERE chat = $1 ORDER BY created_at DESC, id LIMIT $2)";
    run!(tx, SQL, chat.as_str(), most);
    Ok(())
}

/// A chat's encrypted subscriptions with the time of each (seconds since 1970), the oldest first.
pub async fn of(db: &Db, chat: &ChatKey) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(all!(db, "SELECT sealed, created_at FROM wishes WHERE chat = $1 ORDER BY created_at, id", chat.as_str()))
}

/// Up to `limit` subscriptions that were last checked against a revision before `revision`, the oldest first.
pub async fn older_than(tx: &mut Tx, revision: i64, limit: i64) -> Result<Vec<Subscription>, StoreError> {
    const SQL: &str = "SELECT id, chat, sealed FROM wishes WHERE revision < $1 ORDER BY created_at, id LIMIT $2";
    let rows: Vec<(String, String, String)> =
        on_tx!(tx, c => async { sqlx::query_as(SQL).bind(revision).bind(limit).fetch_all(c).await })?;
    Ok(rows.into_iter().map(|(id, chat, sealed)| Subscription { id, chat: ChatKey::from_hash(chat), sealed }).collect())
}

/// Records that a revision was checked and has no answer.
pub async fn looked_through(tx: &mut Tx, id: &str, revision: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE wishes SET revision = $2 WHERE id = $1", id, revision);
    Ok(())
}

/// Deletes a subscription.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM wishes WHERE id = $1", id);
    Ok(())
}

/// Deletes the subscriptions of a chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM wishes WHERE chat = $1", chat.as_str());
    Ok(())
}

/// Deletes subscriptions that have expired by `now` (seconds since 1970).
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM wishes WHERE expires_at <= $1", now);
    Ok(())
}
