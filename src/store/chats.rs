//! Chats: language, municipality and a sealed memory under a keyed hash.

use chrono::NaiveDate;

use super::db::{Db, StoreError, Tx, maybe_in, on_db, on_tx};
use crate::domain::chat::ChatKey;
use crate::domain::id::MunicipalityKey;
use crate::domain::lang::Lang;
use crate::domain::question::Handoff;

/// A chat as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredChat {
    /// The language chosen.
    pub lang: Option<Lang>,
    /// The municipality chosen.
    pub municipality: Option<MunicipalityKey>,
    /// What the talk was about, sealed.
    pub memory: Option<String>,
    /// When the memory is dropped, in seconds since 1970.
    pub memory_until: Option<i64>,
    /// How many turns were saved; 0 for a chat that is not stored.
    pub version: i64,
    /// Where the question is that was left for a person; read only, it is kept with the questions.
    pub handoff: Option<Handoff>,
    /// Whether there is a wish to be told; read only, it is kept with the wishes.
    pub wish: bool,
    /// The day of its last turn; nothing for a chat that is not stored. Saving sets it anew.
    pub last_day: Option<NaiveDate>,
}

#[derive(sqlx::FromRow)]
struct Row {
    lang: Option<String>,
    municipality: Option<String>,
    memory: Option<String>,
    memory_until: Option<i64>,
    version: i64,
    question: Option<String>,
    claimed_by: Option<String>,
    wishes: i64,
    last_day: String,
}

/// The chat with this key; an empty one of version 0 where there is none.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn load(db: &Db, key: &ChatKey) -> Result<StoredChat, StoreError> {
    const SQL: &str = "SELECT c.lang, c.municipality, c.memory, c.memory_until, c.version, c.last_day, q.id AS question, \
         q.claimed_by, (SELECT COUNT(*) FROM wishes w WHERE w.chat = c.key) AS wishes \
         FROM chats c LEFT JOIN questions q ON q.chat = c.key WHERE c.key = $1";
    let row: Option<Row> = on_db!(db, c => sqlx::query_as(SQL).bind(key.as_str()).fetch_optional(c))?;
    row.map_or_else(|| Ok(StoredChat::default()), Row::chat)
}

impl Row {
    fn chat(self) -> Result<StoredChat, StoreError> {
        let corrupt = |column, value: &str| StoreError::Corrupt { table: "chats", column, value: value.to_owned() };
        let lang = match self.lang {
            None => None,
            Some(code) => Some(Lang::parse(&code).ok_or_else(|| corrupt("lang", &code))?),
        };
        let municipality = match self.municipality {
            None => None,
            Some(key) => Some(key.parse().map_err(|_| corrupt("municipality", &key))?),
        };
        let last_day = Some(self.last_day.parse().map_err(|_| corrupt("last_day", &self.last_day))?);
        let handoff =
            self.question.map(|_| if self.claimed_by.is_some() { Handoff::Claimed } else { Handoff::Waiting });
        let Row { memory, memory_until, version, wishes, .. } = self;
        let wish = wishes > 0;
        Ok(StoredChat { lang, municipality, memory, memory_until, version, handoff, wish, last_day })
    }
}

/// Saves the chat as version `chat.version + 1`, to be dropped at `ends_at` (seconds since 1970) where it ends by itself;
/// false where somebody else has saved it since it was loaded.
///
/// # Errors
/// Where the database does not answer.
pub async fn save(
    tx: &mut Tx,
    key: &ChatKey,
    chat: &StoredChat,
    day: NaiveDate,
    ends_at: Option<i64>,
) -> Result<bool, StoreError> {
    const NEW: &str = "INSERT INTO chats (key, lang, municipality, memory, memory_until, version, last_day, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (key) DO NOTHING";
    const KNOWN: &str = "UPDATE chats SET lang = $2, municipality = $3, memory = $4, memory_until = $5, \
         version = $6, last_day = $7, ends_at = $8 WHERE key = $1 AND version = $6 - 1";
    let sql = if chat.version == 0 { NEW } else { KNOWN };
    let (lang, day) = (chat.lang.map(Lang::code), day.to_string());
    let municipality = chat.municipality.as_ref().map(MunicipalityKey::as_str);
    let rows = on_tx!(tx, c => async {
        let query = sqlx::query(sql).bind(key.as_str()).bind(lang).bind(municipality).bind(&chat.memory);
        let query = query.bind(chat.memory_until).bind(chat.version + 1).bind(day).bind(ends_at);
        query.execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// Counts a turn that we take of our own accord, and gives its number: nobody else saves the chat before the transaction
/// ends. Nothing where there is no such chat.
///
/// # Errors
/// Where the database does not answer.
pub async fn next_version(tx: &mut Tx, key: &ChatKey) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "UPDATE chats SET version = version + 1 WHERE key = $1 RETURNING version";
    let row: Option<(i64,)> = maybe_in!(tx, SQL, key.as_str());
    Ok(row.map(|(version,)| version))
}

/// Deletes the chat.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget(tx: &mut Tx, key: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM chats WHERE key = $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(key.as_str()).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Drops memories that are over, chats that have ended by themselves, and chats that were silent since before `day`.
///
/// # Errors
/// Where the database does not answer.
pub async fn drop_old(tx: &mut Tx, now: i64, day: NaiveDate) -> Result<(), StoreError> {
    const MEMORIES: &str = "UPDATE chats SET memory = NULL, memory_until = NULL WHERE memory_until <= $1";
    const CHATS: &str = "DELETE FROM chats WHERE last_day < $1 OR ends_at <= $2";
    let day = day.to_string();
    on_tx!(tx, c => async { sqlx::query(MEMORIES).bind(now).execute(c).await.map(|_| ()) })?;
    on_tx!(tx, c => async { sqlx::query(CHATS).bind(day).bind(now).execute(c).await.map(|_| ()) })?;
    Ok(())
}
