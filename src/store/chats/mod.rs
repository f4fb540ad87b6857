//! Chats: language, municipality and encrypted memory, stored under a keyed hash.
//!
//! Each chat has a version, which every saved turn raises by one. A save applies only to the version that was loaded,
//! so replicas never overwrite each other's turns of a chat.

pub mod shown_messages;
pub mod transcripts;
pub mod updates;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::db::bulk::{self, Value};
use super::db::{Db, StoreError, Tx, maybe_in, on_tx, run};
use crate::domain::inbox::question::Handoff;
use crate::domain::people::chat::ChatKey;
use crate::domain::people::chat_rate::Minute;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;

/// A chat as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredChat {
    /// The chosen language.
    pub lang: Option<Lang>,
    /// The chosen municipality.
    pub municipality: Option<MunicipalityKey>,
    /// The subject of the talk, encrypted.
    pub memory: Option<String>,
    /// When the memory is deleted, in seconds since 1970.
    pub memory_until: Option<i64>,
    /// How many turns were saved; 0 if the chat is not stored.
    pub version: i64,
    /// The state of the question left for a person; read-only here, stored with the questions.
    pub handoff: Option<Handoff>,
    /// Whether it has a subscription; read-only here, stored with the subscriptions.
    pub subscribed: bool,
    /// The day of its last turn; `None` if the chat is not stored. Saving sets it anew.
    pub last_day: Option<NaiveDate>,
    /// The window of its last messages, for the rate limit.
    pub minute: Minute,
    /// Whether it is not yet counted in statistics: a web chat is counted when its cookie has come back.
    pub uncounted: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    lang: Option<String>,
    municipality: Option<String>,
    memory: Option<String>,
    memory_until: Option<i64>,
    version: i64,
    question: Option<String>,
    claimed_by: Option<String>,
    wishes: i64,
    last_day: String,
    minute_from: i64,
    minute_said: i64,
    counted: i64,
}

/// The chats with these keys in the same order; a chat that is not stored is empty and has version 0.
pub async fn load_all(db: &Db, keys: &[&ChatKey]) -> Result<Vec<StoredChat>, StoreError> {
    const HEAD: &str = "SELECT c.key, c.lang, c.municipality, c.memory, c.memory_until, c.version, c.last_day, \
         c.minute_from, c.minute_said, c.counted, q.id AS question, q.claimed_by, (SELECT COUNT(*) FROM wishes w WHERE w.chat = c.key) AS wishes \
         FROM chats c LEFT JOIN questions q ON q.chat = c.key WHERE c.key IN";
    let names: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
    let rows: Vec<Row> = bulk::with_keys(db, HEAD, &names).await?;
    let mut found = BTreeMap::new();
    for row in rows {
        found.insert(row.key.clone(), row.chat()?);
    }
    Ok(names.iter().map(|name| found.get(*name).cloned().unwrap_or_default()).collect())
}

/// The chat with this key, as [`load_all`] gives it.
pub async fn load(db: &Db, key: &ChatKey) -> Result<StoredChat, StoreError> {
    Ok(load_all(db, &[key]).await?.pop().unwrap_or_default())
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
        let subscribed = wishes > 0;
        let minute = Minute { from: self.minute_from, said: self.minute_said };
        let uncounted = self.counted == 0;
        Ok(StoredChat {
            lang,
            municipality,
            memory,
            memory_until,
            version,
            handoff,
            subscribed,
            last_day,
            minute,
            uncounted,
        })
    }
}

/// A chat to save.
#[derive(Debug, Clone, Copy)]
pub struct Saving<'a> {
    /// Its key.
    pub key: &'a ChatKey,
    /// The new state, which replaces version `chat.version`.
    pub chat: &'a StoredChat,
    /// The day of its turn.
    pub day: NaiveDate,
    /// When it is deleted, in seconds since 1970, if it ends by itself.
    pub ends_at: Option<i64>,
}

/// Saves chats, each at most once, as version `chat.version + 1`; returns those that were saved. The others have been
/// saved by another process since they were loaded.
pub async fn save(tx: &mut Tx, chats: &[Saving<'_>]) -> Result<BTreeSet<ChatKey>, StoreError> {
    const NEW: &str = "INSERT INTO chats (key, lang, municipality, memory, memory_until, version, last_day, ends_at, \
         minute_from, minute_said, counted)";
    const NEW_END: &str = "ON CONFLICT (key) DO NOTHING RETURNING key, version";
    const KNOWN: &str = "UPDATE chats SET lang = v.column2, municipality = v.column3, memory = v.column4, \
         memory_until = v.column5, version = v.column6, last_day = v.column7, ends_at = v.column8, \
         minute_from = v.column9, minute_said = v.column10, counted = v.column11 FROM";
    const KNOWN_END: &str = "WHERE key = v.column1 AND version = v.column6 - 1 RETURNING key, version";
    let mut chats = chats.to_vec();
    // Sorted, so that replicas lock rows in one order (no deadlock).
    chats.sort_unstable_by_key(|saving| saving.key);
    let days: Vec<String> = chats.iter().map(|saving| saving.day.to_string()).collect();
    let (mut new, mut known) = (Vec::new(), Vec::new());
    for (Saving { key, chat, ends_at, .. }, day) in chats.iter().zip(&days) {
        let rows = if chat.version == 0 { &mut new } else { &mut known };
        rows.push([
            Value::Text(key.as_str()),
            Value::MaybeText(chat.lang.map(Lang::code)),
            Value::MaybeText(chat.municipality.as_ref().map(MunicipalityKey::as_str)),
            Value::MaybeText(chat.memory.as_deref()),
            Value::MaybeWhole(chat.memory_until),
            Value::Whole(chat.version + 1),
            Value::Text(day),
            Value::MaybeWhole(*ends_at),
            Value::Whole(chat.minute.from),
            Value::Whole(chat.minute.said),
            Value::Whole(i64::from(!chat.uncounted)),
        ]);
    }
    let mut saved = bulk::insert(tx, NEW, &new, NEW_END).await?;
    saved.extend(bulk::update(tx, KNOWN, &known, KNOWN_END).await?);
    Ok(saved.into_iter().map(|(key, _)| ChatKey::from_hash(key)).collect())
}

/// Counts a turn that the program starts itself, and returns its number; the row is locked until the transaction ends.
/// `None` if there is no such chat.
pub async fn next_version(tx: &mut Tx, key: &ChatKey) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "UPDATE chats SET version = version + 1 WHERE key = $1 RETURNING version";
    let row: Option<(i64,)> = maybe_in!(tx, SQL, key.as_str());
    Ok(row.map(|(version,)| version))
}

/// Marks a chat as counted; returns its language if it was not counted before.
pub async fn counted(tx: &mut Tx, key: &ChatKey) -> Result<Option<Option<Lang>>, StoreError> {
    const SQL: &str = "UPDATE chats SET counted = 1 WHERE key = $1 AND counted = 0 RETURNING lang";
    let row: Option<(Option<String>,)> = maybe_in!(tx, SQL, key.as_str());
    Ok(row.map(|(lang,)| lang.as_deref().and_then(Lang::parse)))
}

/// The encrypted memory of a chat, inside a transaction that has locked its row.
pub async fn memory(tx: &mut Tx, key: &ChatKey) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = maybe_in!(tx, "SELECT memory FROM chats WHERE key = $1", key.as_str());
    Ok(row.and_then(|(memory,)| memory))
}

/// Replaces the encrypted memory of a chat until `until` (seconds since 1970).
pub async fn remember(tx: &mut Tx, key: &ChatKey, memory: &str, until: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE chats SET memory = $2, memory_until = $3 WHERE key = $1", key.as_str(), memory, until);
    Ok(())
}

/// Deletes the chat.
pub async fn forget(tx: &mut Tx, key: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM chats WHERE key = $1";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(key.as_str()).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Deletes memories and chats whose retention period is over, and chats whose last turn was before `day`.
pub async fn drop_old(tx: &mut Tx, now: i64, day: NaiveDate) -> Result<(), StoreError> {
    const MEMORIES: &str = "UPDATE chats SET memory = NULL, memory_until = NULL WHERE memory_until <= $1";
    const CHATS: &str = "DELETE FROM chats WHERE last_day < $1 OR ends_at <= $2";
    let day = day.to_string();
    on_tx!(tx, c => async { sqlx::query(MEMORIES).bind(now).execute(c).await.map(|_| ()) })?;
    on_tx!(tx, c => async { sqlx::query(CHATS).bind(day).bind(now).execute(c).await.map(|_| ()) })?;
    Ok(())
}
