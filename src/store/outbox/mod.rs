//! The outbox: everything that is to be sent, until it has arrived.

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

/// How many seconds the reply to a part of an album waits for words, which are perhaps under another part.
const ALBUM: i64 = 2;

/// A row that was claimed.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Which row.
    pub id: RowId,
    /// The message and where it goes, sealed.
    pub sealed: String,
    /// How often sending was tried before.
    pub attempts: i64,
    /// How many of those tries may have arrived.
    pub unknown_tries: i64,
    /// How many of its pieces have arrived.
    pub pieces: i64,
    /// Since when it waits, in milliseconds since 1970.
    pub queued_ms: i64,
}

/// A message that is to be put into the outbox, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its row.
    pub id: RowId,
    /// The message and where it goes, sealed.
    pub sealed: String,
    /// Whether it speaks of danger: then it goes out before what does not, and what its chat has waiting goes with it.
    pub urgent: bool,
    /// The album (a keyed hash) to whose part without words it is the reply. It waits a moment for words: [`take_back`].
    pub album: Option<String>,
}

/// How a row waits that could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postponed {
    /// When it is tried again, in seconds since 1970.
    pub not_before: i64,
    /// Whether [`wake`] may bring that forward.
    pub wakes: bool,
    /// Whether it may have arrived.
    pub unknown: bool,
    /// How many of its pieces have arrived.
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

/// Puts sealed messages into the outbox; those that were put there before go out before.
pub async fn put(tx: &mut Tx, outbox_messages: &[(RowId, String)], now: DateTime<Utc>) -> Result<(), StoreError> {
    let waiting =
        |(id, sealed): &(RowId, String)| Waiting { id: id.clone(), sealed: sealed.clone(), urgent: false, album: None };
    put_all(tx, &outbox_messages.iter().map(waiting).collect::<Vec<_>>(), now).await
}

/// The same; those that speak of danger go out first.
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
        // Those that are on their way are left alone: whoever has claimed them holds their rows.
        const RAISE: &str =
            "UPDATE outbox SET precedence = 0 WHERE chat = $1 AND precedence <> 0 AND claimed_until <= $2";
        run!(tx, RAISE, chat.as_str(), now);
    }
    Ok(())
}

/// Takes back what was to be said to parts of an album without words, and has not been tried to be sent: there are words now.
pub async fn take_back(tx: &mut Tx, chat: &ChatKey, album: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM outbox WHERE chat = $1 AND album = $2 AND attempts = 0", chat.as_str(), album);
    Ok(())
}

/// A claim that lasts longer than one that is made now, and a wait that was set later than now, are of a clock that has been
/// set back since: they are over. Clocks of replicas may differ by ten seconds.
///
/// The text of a claim; the one word by which the databases differ is filled in. On PostgreSQL workers pass over rows
/// that another is just taking, in place of waiting for each other in different orders, which it would break off.
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

/// Claims the oldest row of each of up to `limit` chats until `until`, those that speak of danger first. A claim that runs out can be taken over:
/// its worker is dead. Several workers may ask at once.
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

/// Deletes rows: they have arrived, or never will.
pub async fn delete(tx: &mut Tx, ids: &[&RowId]) -> Result<(), StoreError> {
    let keys: Vec<_> = ids.iter().map(|id| [Value::Text(id.chat.as_str()), Value::Whole(id.seq)]).collect();
    bulk::delete(tx, "DELETE FROM outbox", ["chat", "seq"], &keys).await
}

/// Claims a row for longer, until `until` (seconds since 1970); false where the worker does not have it any more.
pub async fn renew(tx: &mut Tx, id: &RowId, worker: &str, until: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_until = $4 WHERE chat = $1 AND seq = $2 AND claimed_by = $3";
    let rows = on_tx!(tx, c => async {
        let query = sqlx::query(SQL).bind(id.chat.as_str()).bind(id.seq).bind(worker).bind(until);
        query.execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// Gives a row back at `now` (seconds since 1970), to be tried again as it says.
pub async fn put_off(tx: &mut Tx, id: &RowId, now: i64, how: &Postponed) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_by = NULL, claimed_until = 0, waits_from = $7, not_before = $3, wakes = $4, \
         unknown_tries = unknown_tries + $5, pieces = $6 WHERE chat = $1 AND seq = $2";
    let (wakes, unknown) = (i64::from(how.wakes), i64::from(how.unknown));
    run!(tx, SQL, id.chat.as_str(), id.seq, how.not_before, wakes, unknown, how.pieces, now);
    Ok(())
}

/// Lets every row that waits because nobody could be reached be tried at once; how many those are.
pub async fn wake(tx: &mut Tx, now: i64) -> Result<u64, StoreError> {
    Ok(run!(tx, "UPDATE outbox SET not_before = $1, wakes = 0 WHERE wakes = 1 AND not_before > $1", now))
}

/// Gives back all rows that a worker of this name still holds: it has been started anew, perhaps with the right key.
pub async fn release(tx: &mut Tx, worker: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET claimed_by = NULL, claimed_until = 0 WHERE claimed_by = $1";
    run!(tx, SQL, worker);
    try_all_soon(tx).await
}

/// The last place that a chat's rows take, inside a transaction; nothing where nothing waits.
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

/// What waits in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Backlog {
    /// How many rows.
    pub waiting: i64,
    /// Since when the oldest of those that open waits, in milliseconds since 1970.
    pub oldest_ms: Option<i64>,
    /// How many of the rows do not open with the key that there is.
    pub unreadable: i64,
}

/// How much waits, and since when.
pub async fn backlog(db: &Db) -> Result<Backlog, StoreError> {
    const SQL: &str = "SELECT COUNT(*) AS waiting, MIN(CASE WHEN unreadable_at IS NULL THEN queued_ms END) AS oldest_ms, \
         COUNT(unreadable_at) AS unreadable FROM outbox";
    Ok(on_db!(db, c => sqlx::query_as(SQL).fetch_one(c))?)
}

/// Whether at least so many rows wait.
pub async fn holds(db: &Db, rows: i64) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM outbox LIMIT $1) AS held";
    let held: i64 = on_db!(db, c => sqlx::query_scalar(SQL).bind(rows).fetch_one(c))?;
    Ok(held >= rows)
}

/// How many messages to a chat wait or were put aside.
pub async fn waiting_for(db: &Db, chat: &ChatKey) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT (SELECT COUNT(*) FROM outbox WHERE chat = $1) \
         + (SELECT COUNT(*) FROM undelivered WHERE chat = $1)";
    let row: Option<(i64,)> = maybe!(db, SQL, chat.as_str());
    Ok(row.map_or(0, |(count,)| count))
}

/// How many rows wait.
pub async fn waiting(db: &Db) -> Result<i64, StoreError> {
    Ok(on_db!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM outbox").fetch_one(c))?)
}
