//! Probes: rows that are written only to see whether the database can be written.

use crate::store::db::{StoreError, Tx, run};

/// Writes the row of this program in place of the one before. `filler` should be as large as what a message needs and differ
/// each time: what stays the same is not written to the disk.
///
/// # Errors
/// Where the database does not answer or cannot write.
pub async fn write(tx: &mut Tx, name: &str, filler: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO probes (name, filler, at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET filler = excluded.filler, at = excluded.at";
    run!(tx, SQL, name, filler, now);
    Ok(())
}

/// Drops the rows of programs that have written none since `before` (seconds since 1970).
pub async fn drop_old(tx: &mut Tx, before: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM probes WHERE at < $1", before);
    Ok(())
}
