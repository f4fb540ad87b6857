//! Replicas: which programs answer, and from which revision.

use crate::store::db::{Db, StoreError, Tx, all, maybe, run};

/// How many replicas answer, and how many of them from the newest revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Those that have the newest revision.
    pub live: i64,
    /// Those that have been seen lately.
    pub replicas: i64,
}

/// Notes that a replica answers from this revision, and the marks of the keys that it knows.
pub async fn heartbeat(tx: &mut Tx, name: &str, revision: i64, keys: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO replicas (name, revision, keys, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE SET \
         revision = excluded.revision, keys = excluded.keys, seen_at = excluded.seen_at";
    run!(tx, SQL, name, revision, keys, now);
    Ok(())
}

/// Drops replicas that have not been seen between `before` and `after` (seconds since 1970): what has been seen later than now
/// was written by a clock that has been set back since.
pub async fn drop_silent(tx: &mut Tx, before: i64, after: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM replicas WHERE seen_at < $1 OR seen_at > $2", before, after);
    Ok(())
}

/// A replica stops.
pub async fn leave(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM replicas WHERE name = $1", name);
    Ok(())
}

/// How far `revision` has come among the replicas seen since `since` (seconds since 1970).
pub async fn reach(db: &Db, revision: i64, since: i64) -> Result<Reach, StoreError> {
    const SQL: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN revision >= $1 THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM replicas WHERE seen_at >= $2";
    let row: Option<(i64, i64)> = maybe!(db, SQL, revision, since);
    let (replicas, live) = row.unwrap_or((0, 0));
    Ok(Reach { live, replicas })
}

/// The replicas seen since `since` (seconds since 1970), with the marks of the keys that each knows.
pub async fn keys(db: &Db, since: i64) -> Result<Vec<(String, String)>, StoreError> {
    Ok(all!(db, "SELECT name, keys FROM replicas WHERE seen_at >= $1 ORDER BY name", since))
}
