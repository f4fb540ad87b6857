//! Marks of the keys that belong to the database: by them a start sees that it was given another key file.

use crate::store::db::{Db, StoreError, Tx, maybe, run};

/// The marks of the key that hashes and of the key that seals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMarks {
    /// Of the key by which chats are known.
    pub hash: String,
    /// Of the key that seals; another one after it was replaced.
    pub encryption: String,
}

/// The marks; nothing where nobody has noted any.
pub async fn current(db: &Db) -> Result<Option<KeyMarks>, StoreError> {
    let row: Option<(String, String)> = maybe!(db, "SELECT hash, seal FROM key_marks WHERE id = 1");
    Ok(row.map(|(hash, encryption)| KeyMarks { hash, encryption }))
}

/// Notes the marks where there are none; of two programs that start at once one comes first.
pub async fn put_first(tx: &mut Tx, marks: &KeyMarks) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO key_marks (id, hash, seal) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
    run!(tx, SQL, &marks.hash, &marks.encryption);
    Ok(())
}

/// Notes the marks in place of those that were there.
pub async fn put(tx: &mut Tx, marks: &KeyMarks) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO key_marks (id, hash, seal) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, seal = excluded.seal";
    run!(tx, SQL, &marks.hash, &marks.encryption);
    Ok(())
}
