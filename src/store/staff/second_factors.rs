//! Second factors, sealed, and the recovery codes that open an account once in their place, kept as hashes.

use crate::store::db::{Db, StoreError, Tx, maybe_in, on_db, run};

/// Saves the sealed secret of a second factor, with the step of time whose code has proved it.
pub async fn set(tx: &mut Tx, id: &str, second: &str, step: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET second = $2, second_used = $3 WHERE id = $1", id, second, step);
    Ok(())
}

/// Takes a second factor away; false where there is none.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "UPDATE accounts SET second = NULL, second_used = 0 WHERE id = $1 AND second IS NOT NULL", id) == 1)
}

/// Notes that the code of this step of time was used; false where it, or a later one, was used before, or the second factor
/// is another by now.
pub async fn use_step(tx: &mut Tx, id: &str, second: &str, step: i64) -> Result<bool, StoreError> {
    // A code is at most a step before or after its time: one further ahead was used by a clock that has been set back since.
    const SQL: &str =
        "UPDATE accounts SET second_used = $3 WHERE id = $1 AND second = $2 AND (second_used < $3 OR second_used > $4)";
    Ok(run!(tx, SQL, id, second, step, step + 2) == 1)
}

/// Puts new codes in the place of those that an account has.
pub async fn put_codes(tx: &mut Tx, account: &str, hashes: &[String]) -> Result<(), StoreError> {
    drop_codes(tx, account).await?;
    for hash in hashes {
        run!(tx, "INSERT INTO recovery_codes (account, hash) VALUES ($1, $2)", account, hash);
    }
    Ok(())
}

/// Takes a code of an account: it works once. False where it has none like this.
pub async fn take_code(tx: &mut Tx, account: &str, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM recovery_codes WHERE account = $1 AND hash = $2", account, hash) == 1)
}

/// Drops all that an account has.
pub async fn drop_codes(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM recovery_codes WHERE account = $1", account);
    Ok(())
}

/// How many an account has left.
pub async fn codes_left(db: &Db, account: &str) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM recovery_codes WHERE account = $1";
    Ok(on_db!(db, c => sqlx::query_scalar(SQL).bind(account).fetch_one(c))?)
}

/// The same inside a transaction.
pub async fn codes_left_in(tx: &mut Tx, account: &str) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = maybe_in!(tx, "SELECT COUNT(*) FROM recovery_codes WHERE account = $1", account);
    Ok(row.map_or(0, |(left,)| left))
}
