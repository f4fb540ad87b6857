//! Updates that were taken already, so that one that comes twice is answered once.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::people::chat::ChatKey;
use crate::store::db::bulk::{self, Value};
use crate::store::db::{StoreError, Tx, maybe_in, on_tx, run};

/// An update that is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noted<'a> {
    /// Who gave the number.
    pub source: &'a str,
    /// The number.
    pub number: i64,
    /// Of which message it is.
    pub message: Option<NotedMessage<'a>>,
}

/// Of which message an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotedMessage<'a> {
    /// The chat in which it stands.
    pub chat: &'a ChatKey,
    /// Its number there.
    pub number: i64,
    /// A keyed hash of its words, where it has any.
    pub words: Option<&'a str>,
    /// A keyed hash of the album's number of which it is a part.
    pub album: Option<&'a str>,
}

/// Notes updates, by who gave the number and the number; those that have not been noted before.
pub async fn first_sight(
    tx: &mut Tx,
    updates: &[(&str, i64)],
    day: NaiveDate,
) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let updates: Vec<_> =
        updates.iter().map(|(source, number)| Noted { source, number: *number, message: None }).collect();
    note(tx, &updates, day).await
}

/// The same, with the messages of which they are.
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

/// The keyed hash of the newest words of a message; nothing where it was not noted, or had none.
pub async fn words(tx: &mut Tx, chat: &ChatKey, message: i64) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT words FROM seen_updates WHERE chat = $1 AND message = $2 AND words IS NOT NULL ORDER BY number DESC LIMIT 1";
    let found: Option<(String,)> = maybe_in!(tx, SQL, chat.as_str(), message);
    Ok(found.map(|(words,)| words))
}

/// Whether a part of this album was noted in the chat.
pub async fn knows_album(tx: &mut Tx, chat: &ChatKey, album: &str) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT number FROM seen_updates WHERE chat = $1 AND album = $2 LIMIT 1";
    let found: Option<(i64,)> = maybe_in!(tx, SQL, chat.as_str(), album);
    Ok(found.is_some())
}

/// Forgets which messages of a chat its updates were; their numbers stay, so that none is answered twice.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE seen_updates SET chat = NULL, message = NULL, words = NULL, album = NULL WHERE chat = $1";
    run!(tx, SQL, chat.as_str());
    Ok(())
}

/// Takes back that an update was noted: its turn was not saved.
pub async fn unsee(tx: &mut Tx, source: &str, number: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM seen_updates WHERE source = $1 AND number = $2";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(source).bind(number).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Drops updates of days before `day`: Telegram repeats none for more than a day.
pub async fn drop_before(tx: &mut Tx, day: NaiveDate) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM seen_updates WHERE day < $1";
    let day = day.to_string();
    on_tx!(tx, c => async { sqlx::query(SQL).bind(day).execute(c).await.map(|_| ()) })?;
    Ok(())
}
