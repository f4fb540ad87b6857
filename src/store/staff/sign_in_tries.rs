//! The rate limit of sign-ins, shared by all replicas, by keyed hashes: no name and no address is stored.

use crate::store::db::{StoreError, Tx, maybe_in, on_tx, run};

/// How often one key may try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// How many tries in a row are allowed.
    pub burst: i64,
    /// After how many seconds one more try is allowed.
    pub every: i64,
}

/// Counts a try (GCRA, the rate limit of ATM networks); returns how many seconds to wait if it exceeds the limit.
pub async fn count(tx: &mut Tx, key: &str, allowed: Allowance, now: i64) -> Result<Option<i64>, StoreError> {
    const COUNT: &str = "INSERT INTO sign_in_tries (key, free_at) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT)) \
         ON CONFLICT (key) DO UPDATE SET free_at = CAST($3 AS BIGINT) + \
         CASE WHEN sign_in_tries.free_at > CAST($2 AS BIGINT) AND sign_in_tries.free_at <= CAST($5 AS BIGINT) \
         THEN sign_in_tries.free_at ELSE CAST($2 AS BIGINT) END \
         WHERE sign_in_tries.free_at <= CAST($4 AS BIGINT) OR sign_in_tries.free_at > CAST($5 AS BIGINT)";
    // After a full burst, one more try is allowed as soon as one interval has passed.
    let latest = now + (allowed.burst - 1) * allowed.every;
    // `free_at` is never further ahead, unless the clock was set back; clocks of replicas may differ by ten seconds.
    let furthest = now + allowed.burst * allowed.every + 10;
    if run!(tx, COUNT, key, now, allowed.every, latest, furthest) == 1 {
        return Ok(None);
    }
    let row: Option<(i64,)> = maybe_in!(tx, "SELECT free_at FROM sign_in_tries WHERE key = $1", key);
    Ok(Some(row.map_or(1, |(free_at,)| (free_at - latest).max(1))))
}

/// Counts a failed try on this day (YYYY-MM-DD).
pub async fn failed(tx: &mut Tx, day: &str) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO failed_sign_ins (day, n) VALUES ($1, 1) \
         ON CONFLICT (day) DO UPDATE SET n = failed_sign_ins.n + 1";
    run!(tx, SQL, day);
    Ok(())
}

/// Deletes the counts of failed tries of all days except `today` (YYYY-MM-DD), and returns them. A later day was
/// written by a clock that has been set back since.
pub async fn take_failed(tx: &mut Tx, today: &str) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "DELETE FROM failed_sign_ins WHERE day <> $1 RETURNING day, n";
    let mut days: Vec<(String, i64)> = on_tx!(tx, c => async { sqlx::query_as(SQL).bind(today).fetch_all(c).await })?;
    days.sort();
    Ok(days)
}

/// Deletes the rows of keys that have a full burst again by `now` (seconds since 1970).
pub async fn drop_free(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM sign_in_tries WHERE free_at <= $1", now);
    Ok(())
}
