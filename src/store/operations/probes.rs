//! Probes: rows that are written only to check that the database can be written.

use crate::store::db::{StoreError, Tx, run};

/// Replaces this program's row. `filler` should be as large as the rows of a message and differ each time: an unchanged
/// value is not written to the disk.
///
/// # Errors
/// If the database does not answer or cannot write.
pub async fn write(tx: &mut Tx, name: &str, filler: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO probes (name, filler, at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET filler = excluded.filler, at = excluded.at";
    run!(tx, SQL, name, filler, now);
    Ok(())
}

/// Deletes the rows of programs that have written none since `before` (seconds since 1970).
pub async fn drop_old(tx: &mut Tx, before: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM probes WHERE at < $1", before);
    Ok(())
}
