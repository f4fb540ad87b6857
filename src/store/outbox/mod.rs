//! The outbox: messages that are to be sent, stored until they are delivered.
//!
//! A turn writes its replies here in its own commit, so a crash loses none. A worker claims the oldest row of each chat
//! for some seconds, sends the message, and deletes the row, puts it off or sets it aside. No row of a chat can be
//! claimed while an earlier one exists, so a chat's messages keep their order.
//!
//! A claim is a lease: when it expires, its worker counts as dead and another may claim the row. A message may then be
//! sent twice, but is never lost. Rows that cannot be decrypted are skipped, and do not block later ones.

pub mod row_id;
pub mod undecryptable;
pub mod undelivered;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

pub use self::row_id::RowId;
use self::undecryptable::{AGAIN, try_all_soon};
use super::db::bulk::{self, Value};
use super::db::{Db, StoreError, Tx, maybe, on_db, on_tx, run};
use crate::domain::people::chat::ChatKey;

/// How many seconds the reply to a part of an album waits for words, which may be under another part.
const ALBUM: i64 = 2;

/// A claimed row.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The row's id.
    pub id: RowId,
    /// The message and its address, encrypted.
    pub sealed: String,
    /// How often sending was tried before.
    pub attempts: i64,
    /// How many of those tries may have arrived.
    pub unknown_tries: i64,
    /// How many parts of the message have arrived.
    pub pieces: i64,
    /// When it was put into the outbox, in milliseconds since 1970.
    pub queued_ms: i64,
}

/// An encrypted message to put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The row's id.
    pub id: RowId,
    /// The message and its address, encrypted.
    pub sealed: String,
    /// Whether it is about danger: it is sent before messages that are not, and so are earlier ones of its chat.
    pub urgent: bool,
    /// The album's keyed hash if it replies to a part without words; it waits a moment for words, see [`take_back`].
    pub album: Option<String>,
}

/// How a row that could not be sent is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postponed {
    /// When it is tried again, in seconds since 1970.
    pub not_before: i64,
    /// Whether [`wake`] may bring that forward.
    pub wakes: bool,
    /// Whether this try may have arrived.
    pub unknown: bool,
    /// How many parts of the message have arrived.
    pub pieces: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    chat: String,
    seq: i64,
    sealed: String,
    attempts: i64,
    unknown_tries: i64,
    pieces: i64,
    queued_ms: i64,
}

/// Puts encrypted messages into the outbox, behind those that are there.
pub async fn put(tx: &mut Tx, outbox_messages: &[(RowId, String)], now: DateTime<Utc>) -> Result<(), StoreError> {
    let waiting =
        |(id, sealed): &(RowId, String)| Waiting { id: id.clone(), sealed: sealed.clone(), urgent: false, album: None };
    put_all(tx, &outbox_messages.iter().map(waiting).collect::<Vec<_>>(), now).await
}

/// The same; messages about danger are sent first.
pub async fn put_all(tx: &mut Tx, outbox_messages: &[Waiting], now: DateTime<Utc>) -> Result<(), StoreError> {
    const HEAD: &str = "INSERT INTO outbox \
         (chat, seq, sealed, queued_ms, not_before, waits_from, claimed_until, attempts, precedence, album)";
    let (queued_ms, now) = (now.timestamp_millis(), now.timestamp());
    let row = |outgoing: &'_ Waiting| {
        let wait = if outgoing.album.is_some() { ALBUM } else { 0 };
        [outgoing.id.seq, queued_ms, now + wait, now, 0, 0, i64::from(!outgoing.urgent)].map(Value::Whole)
    };
    let rows: Vec<_> = outbox_messages
        .iter()
        .map(|outgoing| {
            let [seq, queued_ms, not_before, waits_from, claimed_until, attempts, precedence] = row(outgoing);
            let [chat, sealed] = [outgoing.id.chat.as_str(), &outgoing.sealed].map(Value::Text);
            let album = Value::MaybeText(outgoing.album.as_deref());
            [chat, seq, sealed, queued_ms, not_before, waits_from, claimed_until, attempts, precedence, album]
        })
        .collect();
    bulk::insert(tx, HEAD, &rows, "").await?;
    let urgent: BTreeSet<&ChatKey> = outbox_messages.iter().filter(|one| one.urgent).map(|one| &one.id.chat).collect();
    for chat in urgent {
        // Claimed rows are skipped: their workers may hold the row locks.
        const RAISE: &str =
            "UPDATE outbox SET precedence = 0 WHERE chat = $1 AND precedence <> 0 AND claimed_until <= $2";
        run!(tx, RAISE, chat.as_str(), now);
    }
    Ok(())
}

/// Deletes unsent replies to parts of an album without words, because another part has words.
pub async fn take_back(tx: &mut Tx, chat: &ChatKey, album: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM outbox WHERE chat = $1 AND album = $2 AND attempts = 0", chat.as_str(), album);
    Ok(())
}

/// The SQL of a claim; `$lock` is the only difference between the databases. On PostgreSQL, workers skip rows that
/// another is claiming, because waiting for each other in different orders is a deadlock, which PostgreSQL aborts.
///
/// A claim that ends later than one made now, or a wait that began later than now, was written by a clock that has been
/// set back since: both count as over. Clocks of replicas may differ by ten seconds.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH chosen AS MATERIALIZED (",
            "SELECT o.chat, o.seq FROM outbox o ",
            "WHERE (o.claimed_until <= $2 OR o.claimed_until > $3 + 10) AND (o.not_before <= $2 OR o.waits_from > $2 + 10) ",
            "AND (o.unreadable_at IS NULL OR o.unreadable_at <= $5 OR o.unreadable_at > $2) ",
            "AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.chat = o.chat AND b.seq < o.seq AND b.unreadable_at IS NULL) ",
            "ORDER BY o.precedence, o.queued_ms, o.chat LIMIT $4 ",
            $lock,
            ") UPDATE outbox SET claimed_by = $1, claimed_until = $3, attempts = attempts + 1, unreadable_at = NULL ",
            "WHERE (claimed_until <= $2 OR claimed_until > $3 + 10) AND (chat, seq) IN (SELECT chat, seq FROM chosen) ",
            "RETURNING chat, seq, sealed, attempts - 1 AS attempts, unknown_tries, pieces, queued_ms"
        )
    };
}

/// Claims the oldest row of each of up to `limit` chats until `until` (seconds since 1970), messages about danger
/// first. An expired claim can be taken over: its worker is dead. Several workers may claim at once.
pub async fn claim(tx: &mut Tx, worker: &str, now: i64, until: i64, limit: i64) -> Result<Vec<Claimed>, StoreError> {
    let sql = match tx {
        Tx::Sqlite(_) => claim!(""),
        Tx::Postgres(_) => claim!("FOR UPDATE OF o SKIP LOCKED"),
    };
    let again = now - AGAIN;
    let rows: Vec<Row> = on_tx!(tx, c => {
        sqlx::query_as(sql).bind(worker).bind(now).bind(until).bind(limit).bind(again).fetch_all(c)
    })?;
    let claimed = |row: Row| Claimed {
        id: RowId { chat: ChatKey::from_hash(row.chat), seq: row.seq },
        sealed: row.sealed,
        attempts: row.attempts,
        unknown_tries: row.unknown_tries,
        pieces: row.pieces,
        queued_ms: row.queued_ms,
    };
    Ok(rows.into_iter().map(claimed).collect())
}

/// Deletes rows that were delivered or never will be.
pub async fn delete(tx: &mut Tx, ids: &[&RowId]) -> Result<(), StoreError> {
    let keys: Vec<_> = ids.iter().map(|id| [Value::Text(id.chat.as_str()), Value::Whole(id.seq)]).collect();
    bulk::delete(tx, "DELETE FROM outbox", ["chat", "seq"], &keys).await
}

/// Extends a claim until `until` (seconds since 1970); false if the worker no longer holds it.
pub async fn renew(tx: &mut Tx, id: &RowId, worker: &str, until: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_until = $4 WHERE chat = $1 AND seq = $2 AND claimed_by = $3";
    let rows = on_tx!(tx, c => async {
        let query = sqlx::query(SQL).bind(id.chat.as_str()).bind(id.seq).bind(worker).bind(until);
        query.execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// Releases a row at `now` (seconds since 1970) to be tried again as `how` says. A worker that lost its claim releases
/// nothing, because another worker is sending the row; its attempt still counts where it may have arrived.
pub async fn put_off(tx: &mut Tx, id: &RowId, worker: &str, now: i64, how: &Postponed) -> Result<(), StoreError> {
    const COUNT: &str = "UPDATE outbox SET unknown_tries = unknown_tries + 1 WHERE chat = $1 AND seq = $2";
    const RELEASE: &str = "UPDATE outbox SET claimed_by = NULL, claimed_until = 0, waits_from = $6, not_before = $3, \
         wakes = $4, pieces = $5 WHERE chat = $1 AND seq = $2 AND claimed_by = $7";
    if how.unknown {
        run!(tx, COUNT, id.chat.as_str(), id.seq);
    }
    let wakes = i64::from(how.wakes);
    run!(tx, RELEASE, id.chat.as_str(), id.seq, how.not_before, wakes, how.pieces, now, worker);
    Ok(())
}

/// Makes every row due that waits because its door was unreachable; returns how many.
pub async fn wake(tx: &mut Tx, now: i64) -> Result<u64, StoreError> {
    Ok(run!(tx, "UPDATE outbox SET not_before = $1, wakes = 0 WHERE wakes = 1 AND not_before > $1", now))
}

/// Releases all rows claimed by a worker of this name, which was restarted, perhaps with the right key.
pub async fn release(tx: &mut Tx, worker: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_by = NULL, claimed_until = 0 WHERE claimed_by = $1";
    run!(tx, SQL, worker);
    try_all_soon(tx).await
}

/// The highest `seq` of a chat's rows, inside a transaction; `None` if it has none.
pub async fn last(tx: &mut Tx, chat: &ChatKey) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "SELECT MAX(seq) FROM outbox WHERE chat = $1";
    Ok(on_tx!(tx, c => async { sqlx::query_scalar(SQL).bind(chat.as_str()).fetch_one(c).await })?)
}

/// Deletes all rows of a chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM outbox WHERE chat = $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(chat.as_str()).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// How full the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Backlog {
    /// How many rows.
    pub waiting: i64,
    /// When the oldest decryptable row was put into the outbox, in milliseconds since 1970.
    pub oldest_ms: Option<i64>,
    /// How many rows cannot be decrypted with the current key.
    pub unreadable: i64,
}

/// Counts the rows, and finds the oldest.
pub async fn backlog(db: &Db) -> Result<Backlog, StoreError> {
    const SQL: &str = "SELECT COUNT(*) AS waiting, MIN(CASE WHEN unreadable_at IS NULL THEN queued_ms END) AS oldest_ms, \
         COUNT(unreadable_at) AS unreadable FROM outbox";
    Ok(on_db!(db, c => sqlx::query_as(SQL).fetch_one(c))?)
}

/// Whether the outbox has at least `rows` rows (backpressure).
pub async fn holds(db: &Db, rows: i64) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM outbox LIMIT $1) AS held";
    let held: i64 = on_db!(db, c => sqlx::query_scalar(SQL).bind(rows).fetch_one(c))?;
    Ok(held >= rows)
}

/// How many messages to a chat are in the outbox or undelivered.
pub async fn waiting_for(db: &Db, chat: &ChatKey) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT (SELECT COUNT(*) FROM outbox WHERE chat = $1) \
         + (SELECT COUNT(*) FROM undelivered WHERE chat = $1)";
    let row: Option<(i64,)> = maybe!(db, SQL, chat.as_str());
    Ok(row.map_or(0, |(count,)| count))
}

/// How many rows are in the outbox.
pub async fn waiting(db: &Db) -> Result<i64, StoreError> {
    Ok(on_db!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM outbox").fetch_one(c))?)
}
