//! Sessions of staff, stored on the server under a hash, so that they can be ended.

use super::accounts::Row;
use crate::domain::staff::account::Account;
use crate::store::db::{Db, StoreError, Tx, all, maybe, run};

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// The hash of its token.
    pub hash: String,
    /// When it began, in seconds since 1970.
    pub created_at: i64,
    /// When it was last used, in seconds since 1970.
    pub seen_at: i64,
}

/// Begins a session.
pub async fn begin(tx: &mut Tx, hash: &str, account: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO sessions (hash, account, created_at, seen_at) VALUES ($1, $2, $3, $3)";
    run!(tx, SQL, hash, account, now);
    Ok(())
}

/// The account of a session and when it was last used; `None` if it began before `begun`, was last used before `seen`
/// (seconds since 1970), or the account has ended.
pub async fn whose(db: &Db, hash: &str, begun: i64, seen: i64) -> Result<Option<(Account, i64)>, StoreError> {
    const ACCOUNT: &str = "SELECT a.id, a.login, a.name, a.shown_as, a.role, a.municipality, a.langs, a.topics, a.lang, \
         a.second IS NOT NULL AS second, a.ended_at IS NOT NULL AS ended FROM sessions s JOIN accounts a ON a.id = s.account \
         WHERE s.hash = $1 AND s.created_at > $2 AND s.seen_at > $3 AND a.ended_at IS NULL";
    let row: Option<Row> = maybe!(db, ACCOUNT, hash, begun, seen);
    let Some(row) = row else { return Ok(None) };
    let at: Option<(i64,)> = maybe!(db, "SELECT seen_at FROM sessions WHERE hash = $1", hash);
    Ok(Some((row.account()?, at.map_or(0, |(at,)| at))))
}

/// The account of a session, expired or not.
pub async fn owner(db: &Db, hash: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(db, "SELECT account FROM sessions WHERE hash = $1", hash);
    Ok(row.map(|(account,)| account))
}

/// Records that a session was used.
pub async fn seen(tx: &mut Tx, hash: &str, now: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE sessions SET seen_at = $2 WHERE hash = $1", hash, now);
    Ok(())
}

/// The sessions of an account, the most recently used first.
pub async fn of(db: &Db, account: &str) -> Result<Vec<Session>, StoreError> {
    const SQL: &str = "SELECT hash, created_at, seen_at FROM sessions WHERE account = $1 ORDER BY seen_at DESC, hash";
    Ok(all!(db, SQL, account))
}

/// Ends one session of an account.
pub async fn end(tx: &mut Tx, account: &str, hash: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM sessions WHERE account = $1 AND hash = $2", account, hash);
    Ok(())
}

/// Ends all sessions of an account except `kept`.
pub async fn end_others(tx: &mut Tx, account: &str, kept: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM sessions WHERE account = $1 AND hash <> $2", account, kept);
    Ok(())
}

/// Deletes sessions that began before `begun` or were last used before `seen` (seconds since 1970).
pub async fn drop_old(tx: &mut Tx, begun: i64, seen: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2", begun, seen);
    Ok(())
}
