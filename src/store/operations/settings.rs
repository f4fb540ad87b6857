//! Settings that are changed in the console: a value under a name.

use crate::store::db::{Db, StoreError, Tx, all, run};

/// All settings that were ever set.
pub async fn list(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    Ok(all!(db, "SELECT key, value FROM settings ORDER BY key"))
}

/// Sets one setting.
pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    run!(tx, SQL, key, value);
    Ok(())
}
