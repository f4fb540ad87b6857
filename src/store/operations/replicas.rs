//! Replicas: which processes answer, and from which revision.

use crate::store::db::{Db, StoreError, Tx, all, maybe, run};

/// How many replicas run, and how many of them have the newest revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Replicas with the newest revision.
    pub live: i64,
    /// Replicas that were seen lately.
    pub replicas: i64,
}

/// Records the revision that a replica answers from, and the marks of its keys.
pub async fn heartbeat(tx: &mut Tx, name: &str, revision: i64, keys: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO replicas (name, revision, keys, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE SET \
         revision = excluded.revision, keys = excluded.keys, seen_at = excluded.seen_at";
    run!(tx, SQL, name, revision, keys, now);
    Ok(())
}

/// Deletes replicas last seen before `before` or after `after` (seconds since 1970): a time in the future was written
/// by a clock that has been set back since.
pub async fn drop_silent(tx: &mut Tx, before: i64, after: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM replicas WHERE seen_at < $1 OR seen_at > $2", before, after);
    Ok(())
}

/// Deletes a replica that stops.
pub async fn leave(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM replicas WHERE name = $1", name);
    Ok(())
}

/// How many replicas seen since `since` (seconds since 1970) have reached `revision`.
pub async fn reach(db: &Db, revision: i64, since: i64) -> Result<Reach, StoreError> {
    const SQL: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN revision >= $1 THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM replicas WHERE seen_at >= $2";
    let row: Option<(i64, i64)> = maybe!(db, SQL, revision, since);
    let (replicas, live) = row.unwrap_or((0, 0));
    Ok(Reach { live, replicas })
}

/// The replicas seen since `since` (seconds since 1970), with the marks of their keys.
pub async fn keys(db: &Db, since: i64) -> Result<Vec<(String, String)>, StoreError> {
    Ok(all!(db, "SELECT name, keys FROM replicas WHERE seen_at >= $1 ORDER BY name", since))
}
