//! Second factors, encrypted, and recovery codes, stored as hashes, each of which replaces the second factor once.

use crate::store::db::{Db, StoreError, Tx, maybe_in, on_db, run};

/// Saves the encrypted secret of a second factor, with the time step of the code that proved it.
pub async fn set(tx: &mut Tx, id: &str, second: &str, step: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET second = $2, second_used = $3 WHERE id = $1", id, second, step);
    Ok(())
}

/// Removes a second factor; false if there is none.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "UPDATE accounts SET second = NULL, second_used = 0 WHERE id = $1 AND second IS NOT NULL", id) == 1)
}

/// Records that the code of this time step was used; false if it or a later one was used before, or the second factor
/// has changed.
pub async fn use_step(tx: &mut Tx, id: &str, second: &str, step: i64) -> Result<bool, StoreError> {
    // A code is at most one step off, so a used step more than two ahead is from before the clock was set back.
    const SQL: &str =
        "UPDATE accounts SET second_used = $3 WHERE id = $1 AND second = $2 AND (second_used < $3 OR second_used > $4)";
    Ok(run!(tx, SQL, id, second, step, step + 2) == 1)
}

/// Replaces an account's recovery codes.
pub async fn put_codes(tx: &mut Tx, account: &str, hashes: &[String]) -> Result<(), StoreError> {
    drop_codes(tx, account).await?;
    for hash in hashes {
        run!(tx, "INSERT INTO recovery_codes (account, hash) VALUES ($1, $2)", account, hash);
    }
    Ok(())
}

/// Uses a recovery code of an account: it works once. False if the account has no such code.
pub async fn take_code(tx: &mut Tx, account: &str, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM recovery_codes WHERE account = $1 AND hash = $2", account, hash) == 1)
}

/// Deletes all recovery codes of an account.
pub async fn drop_codes(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM recovery_codes WHERE account = $1", account);
    Ok(())
}

/// How many recovery codes an account has left.
pub async fn codes_left(db: &Db, account: &str) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM recovery_codes WHERE account = $1";
    Ok(on_db!(db, c => sqlx::query_scalar(SQL).bind(account).fetch_one(c))?)
}

/// The same inside a transaction.
pub async fn codes_left_in(tx: &mut Tx, account: &str) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = maybe_in!(tx, "SELECT COUNT(*) FROM recovery_codes WHERE account = $1", account);
    Ok(row.map_or(0, |(left,)| left))
}
