//! Updates that were processed, so that an update that arrives twice is answered once.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::people::chat::ChatKey;
use crate::store::db::bulk::{self, Value};
use crate::store::db::{StoreError, Tx, maybe_in, on_tx, run};

/// An update to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noted<'a> {
    /// The source that gave the number.
    pub source: &'a str,
    /// The update's number.
    pub number: i64,
    /// The message that it is about.
    pub message: Option<NotedMessage<'a>>,
}

/// The message that an update is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotedMessage<'a> {
    /// Its chat.
    pub chat: &'a ChatKey,
    /// Its number in the chat.
    pub number: i64,
    /// A keyed hash of its words, if it has any.
    pub words: Option<&'a str>,
    /// A keyed hash of its album's number, if it is part of an album.
    pub album: Option<&'a str>,
}

/// Records updates by source and number; returns those that were not recorded before.
pub async fn first_sight(
    tx: &mut Tx,
    updates: &[(&str, i64)],
    day: NaiveDate,
) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let updates: Vec<_> =
        updates.iter().map(|(source, number)| Noted { source, number: *number, message: None }).collect();
    note(tx, &updates, day).await
}

/// The same, with the messages that they are about.
pub async fn note(tx: &mut Tx, updates: &[Noted<'_>], day: NaiveDate) -> Result<BTreeSet<(String, i64)>, StoreError> {
    const HEAD: &str = "INSERT INTO seen_updates (source, number, day, chat, message, words, album)";
    const END: &str = "ON CONFLICT (source, number) DO NOTHING RETURNING source, number";
    let day = day.to_string();
    let rows: Vec<_> = updates.iter().map(|noted| row(noted, &day)).collect();
    Ok(bulk::insert(tx, HEAD, &rows, END).await?.into_iter().collect())
}

fn row<'a>(noted: &Noted<'a>, day: &'a str) -> [Value<'a>; 7] {
    let message = noted.message;
    [
        Value::Text(noted.source),
        Value::Whole(noted.number),
        Value::Text(day),
        Value::MaybeText(message.map(|message| message.chat.as_str())),
        Value::MaybeWhole(message.map(|message| message.number)),
        Value::MaybeText(message.and_then(|message| message.words)),
        Value::MaybeText(message.and_then(|message| message.album)),
    ]
}

/// The keyed hash of the latest words of a message; `None` if it was not recorded or had no words.
pub async fn words(tx: &mut Tx, chat: &ChatKey, message: i64) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT words FROM seen_updates WHERE chat = $1 AND message = $2 AND words IS NOT NULL ORDER BY number DESC LIMIT 1";
    let found: Option<(String,)> = maybe_in!(tx, SQL, chat.as_str(), message);
    Ok(found.map(|(words,)| words))
}

/// Whether a part of this album was recorded in the chat.
pub async fn knows_album(tx: &mut Tx, chat: &ChatKey, album: &str) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT number FROM seen_updates WHERE chat = $1 AND album = $2 LIMIT 1";
    let found: Option<(i64,)> = maybe_in!(tx, SQL, chat.as_str(), album);
    Ok(found.is_some())
}

/// Erases the messages of a chat from its updates; the updates' numbers stay, so that none is answered twice.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE seen_updates SET chat = NULL, message = NULL, words = NULL, album = NULL WHERE chat = $1";
    run!(tx, SQL, chat.as_str());
    Ok(())
}

/// Deletes the record of an update whose turn was not saved.
pub async fn unsee(tx: &mut Tx, source: &str, number: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM seen_updates WHERE source = $1 AND number = $2";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(source).bind(number).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Deletes updates of days before `day`: Telegram repeats none for more than a day.
pub async fn drop_before(tx: &mut Tx, day: NaiveDate) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM seen_updates WHERE day < $1";
    let day = day.to_string();
    on_tx!(tx, c => async { sqlx::query(SQL).bind(day).execute(c).await.map(|_| ()) })?;
    Ok(())
}
