//! Jobs: recurring work, done by one replica at a time.

use crate::store::db::{StoreError, Tx, on_tx, run};

/// Claims a job for `worker` until `until` (seconds since 1970); false if it is not due at `now`, or another has it.
/// A job without a row is due, and so is one that would be due later than `every` seconds from now: a clock that has
/// been set back since wrote its time. The same holds for a claim. Clocks of replicas may differ by ten seconds.
pub async fn claim(
    tx: &mut Tx,
    name: &str,
    worker: &str,
    now: i64,
    until: i64,
    every: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO jobs (name, due_at, claimed_by, claimed_until) VALUES ($1, $3, $2, $4) \
         ON CONFLICT (name) DO UPDATE SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until \
         WHERE (jobs.due_at <= $3 OR jobs.due_at > $5) AND (jobs.claimed_until <= $3 OR jobs.claimed_until > $4 + 10)";
    Ok(run!(tx, SQL, name, worker, now, until, now + every + 10) == 1)
}

/// Marks a job as done, due again at `due_at` (seconds since 1970); no effect if another worker has taken it over.
pub async fn done(tx: &mut Tx, name: &str, worker: &str, due_at: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE jobs SET due_at = $3, claimed_by = NULL, claimed_until = 0 WHERE name = $1 AND claimed_by = $2";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(name).bind(worker).bind(due_at).execute(c).await.map(|_| ()) })?;
    Ok(())
}
