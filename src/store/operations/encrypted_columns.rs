//! All encrypted columns: their values are re-encrypted when the key is replaced.

use sqlx::AssertSqlSafe;

use crate::store::db::{Db, StoreError, Tx, all, run};

/// A column of encrypted values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedColumn {
    /// Its table.
    pub table: &'static str,
    /// The column itself.
    pub column: &'static str,
    /// The column with the owner for whom a value was encrypted.
    pub owner: &'static str,
    /// The prefix of the owner's name.
    pub prefix: &'static str,
}

const fn of_chat(table: &'static str, column: &'static str, owner: &'static str) -> SealedColumn {
    SealedColumn { table, column, owner, prefix: "" }
}

/// Every encrypted column: one that is missing here becomes unreadable after the key was replaced.
pub const SEALED: &[SealedColumn] = &[
    of_chat("chats", "memory", "key"),
    of_chat("outbox", "sealed", "chat"),
    of_chat("undelivered", "sealed", "chat"),
    of_chat("transcripts", "sealed", "chat"),
    of_chat("shown_messages", "sealed", "chat"),
    of_chat("questions", "return_to", "chat"),
    of_chat("question_lines", "sealed", "chat"),
    of_chat("wishes", "sealed", "chat"),
    of_chat("staff_links", "address", "chat"),
    of_chat("staff_links", "dialogue", "chat"),
    of_chat("staff_groups", "address", "chat"),
    SealedColumn { table: "accounts", column: "second", owner: "id", prefix: "account:" },
];

/// How many owners are read at once.
const AT_ONCE: i64 = 500;

/// Owners after `after` with all values encrypted for each of them, ordered by owner; empty at the end.
pub async fn page(db: &Db, column: &SealedColumn, after: &str) -> Result<Vec<(String, String)>, StoreError> {
    let SealedColumn { table, column, owner, .. } = column;
    let sql = format!(
        "SELECT {owner}, {column} FROM {table} WHERE {column} IS NOT NULL AND {owner} IN (SELECT DISTINCT {owner} FROM {table} \
         WHERE {column} IS NOT NULL AND {owner} > $1 ORDER BY {owner} LIMIT $2) ORDER BY {owner}"
    );
    Ok(all!(db, AssertSqlSafe(sql.clone()), after, AT_ONCE))
}

/// Replaces a value by its re-encryption, unless it has changed since it was read.
pub async fn replace(tx: &mut Tx, at: &SealedColumn, owner: &str, was: &str, now: &str) -> Result<(), StoreError> {
    let SealedColumn { table, column, owner: owners, .. } = at;
    let sql = format!("UPDATE {table} SET {column} = $3 WHERE {owners} = $1 AND {column} = $2");
    run!(tx, AssertSqlSafe(sql.clone()), owner, was, now);
    Ok(())
}
