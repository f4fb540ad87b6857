//! Staff in Telegram: the chat linked to each account, the codes for linking, and open dialogues.

use crate::domain::people::chat::ChatKey;
use crate::store::db::{Db, StoreError, Tx, all, maybe, run};

const COLUMNS: &str = "chat, account, address, linked_at, reminders, reminded_on, dialogue, dialogue_until, version";

/// A chat that is linked to an account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// The key of the staff chat.
    pub chat: String,
    /// The account.
    pub account: String,
    /// The person's address, encrypted.
    pub address: String,
    /// When it was linked, in seconds since 1970.
    pub linked_at: i64,
    /// Whether the person wants reminders of verifications.
    pub reminders: bool,
    /// The Monday (YYYY-MM-DD) of the week for which the last reminder was considered.
    pub reminded_on: String,
    /// The open dialogue, encrypted.
    pub dialogue: Option<String>,
    /// When the dialogue expires, in seconds since 1970.
    pub dialogue_until: Option<i64>,
    /// How often the dialogue was saved.
    pub version: i64,
}

/// Stores the hash of a code for an account; an earlier code stops working.
pub async fn remember_code(tx: &mut Tx, hash: &str, account: &str, expires_at: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO staff_link_codes (hash, account, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at";
    run!(tx, SQL, hash, account, expires_at);
    Ok(())
}

/// The account of a code, unless the code has expired by `now` (seconds since 1970).
pub async fn whose_code(db: &Db, hash: &str, now: i64) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT account FROM staff_link_codes WHERE hash = $1 AND expires_at > $2";
    let row: Option<(String,)> = maybe!(db, SQL, hash, now);
    Ok(row.map(|(account,)| account))
}

/// Uses a code: it works once. False if it is gone.
pub async fn take_code(tx: &mut Tx, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM staff_link_codes WHERE hash = $1", hash) == 1)
}

/// Links a chat to an account; earlier links of either are deleted.
pub async fn link(tx: &mut Tx, link: &Link) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO staff_links (chat, account, address, linked_at, reminders, reminded_on, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    run!(tx, "DELETE FROM staff_links WHERE chat = $1 OR account = $2", &link.chat, &link.account);
    let Link { chat, account, address, linked_at, reminders, reminded_on, version, .. } = link;
    run!(tx, SQL, chat, account, address, *linked_at, *reminders, reminded_on, *version);
    Ok(())
}

/// Unlinks an account and deletes its code, if any; false if it was not linked.
pub async fn unlink(tx: &mut Tx, account: &str) -> Result<bool, StoreError> {
    run!(tx, "DELETE FROM staff_link_codes WHERE account = $1", account);
    Ok(run!(tx, "DELETE FROM staff_links WHERE account = $1", account) == 1)
}

/// Deletes the link of a chat, by its own key or that of its staff chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    let staff = chat.staff();
    run!(tx, "DELETE FROM staff_links WHERE chat = $1 OR chat = $2", chat.as_str(), staff.as_str());
    Ok(())
}

/// The link of a chat.
pub async fn of_chat(db: &Db, chat: &ChatKey) -> Result<Option<Link>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff_links WHERE chat = $1");
    Ok(maybe!(db, sqlx::AssertSqlSafe(sql.clone()), chat.as_str()))
}

/// The link of an account.
pub async fn of_account(db: &Db, account: &str) -> Result<Option<Link>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff_links WHERE account = $1");
    Ok(maybe!(db, sqlx::AssertSqlSafe(sql.clone()), account))
}

/// All links, ordered by account.
pub async fn list(db: &Db) -> Result<Vec<Link>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff_links ORDER BY account");
    Ok(all!(db, sqlx::AssertSqlSafe(sql.clone())))
}

/// Turns reminders on or off.
pub async fn set_reminders(tx: &mut Tx, account: &str, on: bool) -> Result<(), StoreError> {
    run!(tx, "UPDATE staff_links SET reminders = $2 WHERE account = $1", account, on);
    Ok(())
}

/// Saves or ends the dialogue over version `version`; false if another process was faster.
pub async fn save_dialogue(
    tx: &mut Tx,
    chat: &ChatKey,
    version: i64,
    dialogue: Option<(&str, i64)>,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE staff_links SET dialogue = $3, dialogue_until = $4, version = version + 1 \
         WHERE chat = $1 AND version = $2";
    let (sealed, until) = dialogue.unzip();
    Ok(run!(tx, SQL, chat.as_str(), version, sealed, until) == 1)
}

/// Records the week for which a chat was reminded, if the last was `was` (YYYY-MM-DD); false if another process did it.
pub async fn reminded(tx: &mut Tx, chat: &str, was: &str, monday: &str) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE staff_links SET reminded_on = $3 WHERE chat = $1 AND reminded_on = $2";
    Ok(run!(tx, SQL, chat, was, monday) == 1)
}

/// Deletes codes and dialogues that have expired by `now` (seconds since 1970).
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM staff_link_codes WHERE expires_at <= $1", now);
    run!(tx, "UPDATE staff_links SET dialogue = NULL, dialogue_until = NULL WHERE dialogue_until <= $1", now);
    Ok(())
}
