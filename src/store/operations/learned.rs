//! The learned model of the content: one row, which any start may use and every learning replaces.

use crate::store::db::{Db, StoreError, Tx, on_db, run};

/// The learned model of the content with this fingerprint, if it was the last to be learned.
pub async fn load(db: &Db, fingerprint: &str) -> Result<Option<Vec<u8>>, StoreError> {
    const SQL: &str = "SELECT bytes FROM learned WHERE fingerprint = $1";
    Ok(on_db!(db, c => sqlx::query_scalar(SQL).bind(fingerprint).fetch_optional(c))?)
}

/// Stores a learned model in place of the earlier one.
pub async fn keep(tx: &mut Tx, fingerprint: &str, bytes: &[u8]) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO learned (id, fingerprint, bytes) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, bytes = excluded.bytes";
    run!(tx, SQL, fingerprint, bytes);
    Ok(())
}
