//! Telegram groups in which questions are announced to staff, each for one municipality or for all.

use crate::domain::people::chat::ChatKey;
use crate::domain::text::id::MunicipalityKey;
use crate::store::content::rows::decode;
use crate::store::db::{Db, StoreError, Tx, all, maybe, maybe_in, run};

/// A group of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The key of the group's staff chat.
    pub chat: String,
    /// The group's address, encrypted.
    pub address: String,
    /// The municipality whose questions are announced; `None` means all.
    pub municipality: Option<MunicipalityKey>,
    /// The account that set it up.
    pub set_by: String,
    /// When, in seconds since 1970.
    pub set_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    chat: String,
    address: String,
    municipality: String,
    set_by: String,
    set_at: i64,
}

impl Row {
    fn group(self) -> Result<Group, StoreError> {
        let Row { chat, address, municipality, set_by, set_at } = self;
        let municipality = match municipality.as_str() {
            "" => None,
            key => Some(decode("staff_groups", "municipality", key, key.parse().ok())?),
        };
        Ok(Group { chat, address, municipality, set_by, set_at })
    }
}

/// Announces the questions of a municipality (or of all) in this group, in place of the previous one.
pub async fn set(tx: &mut Tx, group: &Group) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO staff_groups (chat, address, municipality, set_by, set_at) VALUES ($1, $2, $3, $4, $5)";
    let municipality = group.municipality.as_ref().map_or("", MunicipalityKey::as_str);
    run!(tx, "DELETE FROM staff_groups WHERE chat = $1 OR municipality = $2", &group.chat, municipality);
    run!(tx, SQL, &group.chat, &group.address, municipality, &group.set_by, group.set_at);
    Ok(())
}

/// Deletes a group, by its own key or that of its staff chat.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    let staff = chat.staff();
    run!(tx, "DELETE FROM staff_groups WHERE chat = $1 OR chat = $2", chat.as_str(), staff.as_str());
    Ok(())
}

/// Deletes the groups that an account set up, except that of the municipality (or of all) that it still `keeps`.
pub async fn drop_of(tx: &mut Tx, account: &str, keeps: Option<Option<&MunicipalityKey>>) -> Result<(), StoreError> {
    match keeps {
        None => run!(tx, "DELETE FROM staff_groups WHERE set_by = $1", account),
        Some(own) => {
            let own = own.map_or("", MunicipalityKey::as_str);
            run!(tx, "DELETE FROM staff_groups WHERE set_by = $1 AND municipality <> $2", account, own)
        }
    };
    Ok(())
}

/// All groups.
pub async fn list(db: &Db) -> Result<Vec<Group>, StoreError> {
    let rows: Vec<Row> =
        all!(db, "SELECT chat, address, municipality, set_by, set_at FROM staff_groups ORDER BY municipality");
    rows.into_iter().map(Row::group).collect()
}

const OF_CHAT: &str = "SELECT chat, address, municipality, set_by, set_at FROM staff_groups WHERE chat = $1";

/// The group of a chat.
pub async fn of_chat(db: &Db, chat: &ChatKey) -> Result<Option<Group>, StoreError> {
    let row: Option<Row> = maybe!(db, OF_CHAT, chat.as_str());
    row.map(Row::group).transpose()
}

/// The same inside a transaction.
pub async fn of_chat_in(tx: &mut Tx, chat: &ChatKey) -> Result<Option<Group>, StoreError> {
    let row: Option<Row> = maybe_in!(tx, OF_CHAT, chat.as_str());
    row.map(Row::group).transpose()
}
