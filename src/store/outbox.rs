//! The outbox: everything that is to be sent, until it has arrived.

use chrono::{DateTime, Utc};

use super::db::{Db, StoreError, Tx, on_db, on_tx};
use super::many::{self, Value};
use crate::domain::chat::ChatKey;

/// Which row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowId {
    /// The chat that it goes to.
    pub chat: ChatKey,
    /// Its place among the chat's rows.
    pub seq: i64,
}

/// A row that was claimed.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Which row.
    pub id: RowId,
    /// The message and where it goes, sealed.
    pub sealed: String,
    /// How often sending was tried before.
    pub attempts: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    chat: String,
    seq: i64,
    sealed: String,
    attempts: i64,
}

/// Puts sealed messages into the outbox; those that were put there before go out before.
///
/// # Errors
/// Where the database does not answer.
pub async fn put(tx: &mut Tx, parcels: &[(RowId, String)], now: DateTime<Utc>) -> Result<(), StoreError> {
    const HEAD: &str = "INSERT INTO outbox (chat, seq, sealed, queued_ms, not_before, claimed_until, attempts)";
    let (queued_ms, not_before) = (now.timestamp_millis(), now.timestamp());
    let rows: Vec<_> = parcels
        .iter()
        .map(|(id, sealed)| {
            let [chat, sealed] = [id.chat.as_str(), sealed].map(Value::Text);
            let [seq, queued_ms, not_before, claimed_until, attempts] =
                [id.seq, queued_ms, not_before, 0, 0].map(Value::Whole);
            [chat, seq, sealed, queued_ms, not_before, claimed_until, attempts]
        })
        .collect();
    many::insert(tx, HEAD, &rows, "").await?;
    Ok(())
}

/// The text of a claim; the one word by which the databases differ is filled in. On PostgreSQL workers pass over rows
/// that another is just taking, in place of waiting for each other in different orders, which it would break off.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH chosen AS MATERIALIZED (",
            "SELECT o.chat, o.seq FROM outbox o ",
            "WHERE o.claimed_until <= $2 AND o.not_before <= $2 ",
            "AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.chat = o.chat AND b.seq < o.seq) ",
            "ORDER BY o.queued_ms, o.chat LIMIT $4 ",
            $lock,
            ") UPDATE outbox SET claimed_by = $1, claimed_until = $3, attempts = attempts + 1 ",
            "WHERE claimed_until <= $2 AND (chat, seq) IN (SELECT chat, seq FROM chosen) ",
            "RETURNING chat, seq, sealed, attempts - 1 AS attempts"
        )
    };
}

/// Claims the oldest row of each of up to `limit` chats until `until`. A claim that runs out can be taken over:
/// its worker is dead. Several workers may ask at once.
///
/// # Errors
/// Where the database does not answer.
pub async fn claim(tx: &mut Tx, worker: &str, now: i64, until: i64, limit: i64) -> Result<Vec<Claimed>, StoreError> {
    let sql = match tx {
        Tx::Sqlite(_) => claim!(""),
        Tx::Postgres(_) => claim!("FOR UPDATE OF o SKIP LOCKED"),
    };
    let rows: Vec<Row> =
        on_tx!(tx, c => sqlx::query_as(sql).bind(worker).bind(now).bind(until).bind(limit).fetch_all(c))?;
    let claimed = |row: Row| Claimed {
        id: RowId { chat: ChatKey::from_hash(row.chat), seq: row.seq },
        sealed: row.sealed,
        attempts: row.attempts,
    };
    Ok(rows.into_iter().map(claimed).collect())
}

/// Deletes rows: they have arrived, or never will.
///
/// # Errors
/// Where the database does not answer.
pub async fn delete(tx: &mut Tx, ids: &[&RowId]) -> Result<(), StoreError> {
    let keys: Vec<_> = ids.iter().map(|id| [Value::Text(id.chat.as_str()), Value::Whole(id.seq)]).collect();
    many::delete(tx, "DELETE FROM outbox", ["chat", "seq"], &keys).await
}

/// Gives a row back, to be tried again from `not_before` (seconds since 1970).
///
/// # Errors
/// Where the database does not answer.
pub async fn postpone(tx: &mut Tx, id: &RowId, not_before: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE outbox SET claimed_by = NULL, claimed_until = 0, not_before = $3 WHERE chat = $1 AND seq = $2";
    on_tx!(tx, c => async {
        sqlx::query(SQL).bind(id.chat.as_str()).bind(id.seq).bind(not_before).execute(c).await.map(|_| ())
    })?;
    Ok(())
}

/// Claims a row for longer, until `until` (seconds since 1970); false where the worker does not have it any more.
///
/// # Errors
/// Where the database does not answer.
pub async fn renew(tx: &mut Tx, id: &RowId, worker: &str, until: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_until = $4 WHERE chat = $1 AND seq = $2 AND claimed_by = $3";
    let rows = on_tx!(tx, c => async {
        let query = sqlx::query(SQL).bind(id.chat.as_str()).bind(id.seq).bind(worker).bind(until);
        query.execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// Gives back all rows that a worker of this name still holds: it has been started anew.
///
/// # Errors
/// Where the database does not answer.
pub async fn release(tx: &mut Tx, worker: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_by = NULL, claimed_until = 0 WHERE claimed_by = $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(worker).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// The last place that a chat's rows take, inside a transaction; nothing where nothing waits.
///
/// # Errors
/// Where the database does not answer.
pub async fn last(tx: &mut Tx, chat: &ChatKey) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "SELECT MAX(seq) FROM outbox WHERE chat = $1";
    Ok(on_tx!(tx, c => async { sqlx::query_scalar(SQL).bind(chat.as_str()).fetch_one(c).await })?)
}

/// Deletes all rows of a chat.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM outbox WHERE chat = $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(chat.as_str()).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// What waits in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Backlog {
    /// How many rows.
    pub waiting: i64,
    /// Since when the oldest waits, in milliseconds since 1970.
    pub oldest_ms: Option<i64>,
}

/// How much waits, and since when.
///
/// # Errors
/// Where the database does not answer.
pub async fn backlog(db: &Db) -> Result<Backlog, StoreError> {
    const SQL: &str = "SELECT COUNT(*) AS waiting, MIN(queued_ms) AS oldest_ms FROM outbox";
    Ok(on_db!(db, c => sqlx::query_as(SQL).fetch_one(c))?)
}

/// How many rows wait.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting(db: &Db) -> Result<i64, StoreError> {
    Ok(on_db!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM outbox").fetch_one(c))?)
}
