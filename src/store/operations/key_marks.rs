//! Marks of the keys that belong to the database: by them, a start detects that it was given another key file.

use crate::store::db::{Db, StoreError, Tx, maybe, run};

/// The marks of the hash key and of the encryption key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMarks {
    /// Of the key for the keyed hashes of chats.
    pub hash: String,
    /// Of the encryption key; it changes when that key is replaced.
    pub encryption: String,
}

/// The marks; `None` if none were recorded.
pub async fn current(db: &Db) -> Result<Option<KeyMarks>, StoreError> {
    let row: Option<(String, String)> = maybe!(db, "SELECT hash, seal FROM key_marks WHERE id = 1");
    Ok(row.map(|(hash, encryption)| KeyMarks { hash, encryption }))
}

/// Records the marks if there are none; of two programs that start at once, the first wins.
pub async fn put_first(tx: &mut Tx, marks: &KeyMarks) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO key_marks (id, hash, seal) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
    run!(tx, SQL, &marks.hash, &marks.encryption);
    Ok(())
}

/// Replaces the marks.
pub async fn put(tx: &mut Tx, marks: &KeyMarks) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO key_marks (id, hash, seal) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, seal = excluded.seal";
    run!(tx, SQL, &marks.hash, &marks.encryption);
    Ok(())
}
