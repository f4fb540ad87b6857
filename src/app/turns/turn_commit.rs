//! Commits turns in batches: all computed turns that are queued are written in one transaction.
//!
//! A commit costs one write to the disk, however much it holds, so turns that arrive during a commit share the next one
//! (group commit, `app/runtime/batcher.rs`). Numbers of updates are written first and counters last, both sorted, so
//! that replicas lock rows in one order (no deadlock). A turn of a chat that another replica has saved since is not
//! written: the caller computes it again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::arrival::UpdateId;
use super::erase::erase;
use super::queued::{self, Queued};
use super::source_message::Hashed;
use crate::app::runtime::batcher::Work;
use crate::domain::people::chat::ChatKey;
use crate::domain::statistics::event::{Event, Occasion};
use crate::store::chats::{self, Saving, StoredChat};
use crate::store::chats::{transcripts, updates};
use crate::store::outbox::{self, RowId, Waiting};
use crate::store::statistics::events::Tally;
use crate::store::{Db, StoreError, Tx};

/// A computed turn, ready to be written.
pub(in crate::app) struct TurnWrite {
    pub key: ChatKey,
    pub update: Option<UpdateId>,
    /// The message that the input came in, if that matters.
    pub message: Option<Hashed>,
    /// Whether the chat is counted as new with this turn.
    pub began: bool,
    /// The chat, to be stored over version `chat.version`; nothing if it is to be erased.
    pub chat: Option<StoredChat>,
    pub ends_at: Option<i64>,
    pub events: Vec<Event>,
    /// What the turn hands off, encrypted.
    pub queued: Vec<Queued>,
    /// The messages to send, encrypted.
    pub outbox_messages: Vec<(RowId, String)>,
    /// The transcript to keep, encrypted, and until when.
    pub transcript: Option<(String, i64)>,
    pub occasion: Occasion,
    /// For limits of a day on new unanswered words: a keyed hash that changes every day and identifies no chat.
    pub asker: String,
    pub now: DateTime<Utc>,
}

/// The outcome of writing a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum TurnOutcome {
    /// It is saved.
    Saved,
    /// It repeats an update or message that was taken before: nothing has changed.
    Seen,
    /// Another turn has saved the chat first: nothing has changed.
    Overtaken,
}

impl Work for TurnWrite {
    type Done = TurnOutcome;

    /// Writes turns in one transaction; returns the outcome of each.
    async fn together(db: &Db, turns: &[TurnWrite]) -> Result<Vec<TurnOutcome>, StoreError> {
        let mut tx = db.begin_batch().await?;
        let repeated = repeated(&mut tx, turns).await?;
        let new = first_sight(&mut tx, turns).await?;
        let is_new = |id: &UpdateId| new.contains(&(id.source.clone(), id.number));
        let seen = |(turn, repeated): (&TurnWrite, &bool)| {
            *repeated || turn.update.as_ref().is_some_and(|update| !is_new(update))
        };
        let seen: Vec<bool> = turns.iter().zip(&repeated).map(seen).collect();
        // The chat lock allows one turn of a chat at a time. A second one is here only if the caller of the first was
        // cancelled, which releases its lock; it is then overtaken by the first.
        let mut chats = BTreeSet::new();
        let first: Vec<bool> = turns.iter().zip(&seen).map(|(turn, seen)| !seen && chats.insert(&turn.key)).collect();
        let saved =
            save_chats(&mut tx, turns.iter().zip(&first).filter_map(|(turn, first)| first.then_some(turn))).await?;
        let (mut written, mut tally, mut outbox_messages) = (Vec::new(), Tally::default(), Vec::new());
        for ((turn, first), seen) in turns.iter().zip(first).zip(seen) {
            let outcome = if seen {
                TurnOutcome::Seen
            } else if first && (turn.chat.is_none() || saved.contains(&turn.key)) {
                write(&mut tx, turn).await?;
                TurnOutcome::Saved
            } else {
                // If the same update was saved with an earlier turn of this batch, it must stay noted.
                let taken = |(before, delivery): (&TurnWrite, &TurnOutcome)| {
                    *delivery == TurnOutcome::Saved && before.update == turn.update
                };
                if !turns.iter().zip(&written).any(taken) {
                    unsee(&mut tx, turn).await?;
                }
                TurnOutcome::Overtaken
            };
            if outcome == TurnOutcome::Saved {
                let TurnWrite { occasion, began, events, asker, .. } = turn;
                tally.add(occasion.day, occasion.door, if *began { &[Event::ChatBegan] } else { &[] });
                tally.add_turn(occasion, events, Some(asker));
                outbox_messages.extend(turn.waiting());
            }
            written.push(outcome);
        }
        let now = turns.iter().map(|turn| turn.now).max().unwrap_or_default();
        outbox::put_all(&mut tx, &outbox_messages, now).await?;
        // Last and sorted: all replicas write counters, and each waits for the row locks of the others.
        tally.record(&mut tx).await?;
        tx.commit().await?;
        Ok(written)
    }
}

impl TurnWrite {
    /// The messages of the turn as they are put into the outbox.
    fn waiting(&self) -> impl Iterator<Item = Waiting> {
        let urgent = self.events.iter().any(|event| matches!(event, Event::DangerShown(..)));
        let album = self.message.as_ref().and_then(Hashed::album_without_words);
        let waiting = move |(id, sealed): &(RowId, String)| {
            let (id, sealed, album) = (id.clone(), sealed.clone(), album.map(str::to_owned));
            Waiting { id, sealed, urgent, album }
        };
        self.outbox_messages.iter().map(waiting)
    }
}

/// Which of the turns repeat something that was answered.
async fn repeated(tx: &mut Tx, turns: &[TurnWrite]) -> Result<Vec<bool>, StoreError> {
    let mut repeated = Vec::new();
    for turn in turns {
        repeated.push(match &turn.message {
            Some(message) => message.is_nothing_new(tx).await?,
            None => false,
        });
    }
    Ok(repeated)
}

/// Notes the updates of all turns; returns those that were not noted before.
async fn first_sight(tx: &mut Tx, turns: &[TurnWrite]) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let mut updates = Vec::new();
    for turn in turns {
        updates.extend(turn.update.as_ref().map(|update| Hashed::noted(update, turn.message.as_ref())));
    }
    // Sorted, so that replicas that got the same updates lock rows in one order (no deadlock).
    updates.sort_unstable();
    updates.dedup_by_key(|noted| (noted.source, noted.number));
    match turns.first() {
        Some(first) if !updates.is_empty() => updates::note(tx, &updates, first.occasion.day).await,
        Some(_) | None => Ok(BTreeSet::new()),
    }
}

/// Saves the chats of turns that do not erase them; returns the chats that were saved.
async fn save_chats(tx: &mut Tx, turns: impl Iterator<Item = &TurnWrite>) -> Result<BTreeSet<ChatKey>, StoreError> {
    let mut saving = Vec::new();
    for TurnWrite { key, chat, ends_at, occasion, .. } in turns {
        saving.extend(chat.as_ref().map(|chat| Saving { key, chat, day: occasion.day, ends_at: *ends_at }));
    }
    chats::save(tx, &saving).await
}

/// Lets the update of a turn that was not saved come again.
async fn unsee(tx: &mut Tx, turn: &TurnWrite) -> Result<(), StoreError> {
    match &turn.update {
        Some(update) => updates::unsee(tx, &update.source, update.number).await,
        None => Ok(()),
    }
}

/// Writes what belongs to the chat, which is saved, or erases the chat.
async fn write(tx: &mut Tx, turn: &TurnWrite) -> Result<(), StoreError> {
    match &turn.chat {
        None => erase(tx, &turn.key).await?,
        // Every change of a question saves its chat as well, so the question is as it was when the turn was computed.
        Some(_) => queued::write(tx, &turn.key, &turn.queued).await?,
    }
    if let Some(album) = turn.message.as_ref().and_then(Hashed::album_with_words) {
        outbox::take_back(tx, &turn.key, album).await?;
    }
    if let Some((sealed, expires_at)) = &turn.transcript {
        transcripts::save(tx, &turn.key, sealed, *expires_at).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::chat::Door;

    /// A turn of a chat over version `version`, from update `number`.
    fn turn(chat: &str, version: i64, number: i64) -> TurnWrite {
        let day = chrono::NaiveDate::default();
        TurnWrite {
            key: ChatKey::from_hash(chat.to_owned()),
            update: Some(UpdateId { source: "bot".into(), number }),
            message: None,
            began: version == 0,
            chat: Some(StoredChat { version, ..StoredChat::default() }),
            ends_at: None,
            events: Vec::new(),
            queued: Vec::new(),
            outbox_messages: Vec::new(),
            transcript: None,
            occasion: Occasion { day, hour: 9, door: Door::Telegram, lang: None, municipality: None, last_day: None },
            asker: String::new(),
            now: DateTime::default(),
        }
    }

    #[tokio::test]
    async fn of_turns_of_one_chat_in_one_commit_only_the_first_is_written_and_no_update_is_taken_twice() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("db").display())).await.unwrap();
        // Update 1 comes twice, and update 2 as well, before the first turn is written.
        let batch = [turn("a", 0, 1), turn("a", 0, 1), turn("a", 0, 2), turn("b", 0, 3)];
        let fates = TurnWrite::together(&db, &batch).await.unwrap();
        assert_eq!(fates, [TurnOutcome::Saved, TurnOutcome::Overtaken, TurnOutcome::Overtaken, TurnOutcome::Saved]);
        assert_eq!(chats::load(&db, &batch[0].key).await.unwrap().version, 1);
        // When both are computed again, update 1 has been taken and update 2 has not.
        assert_eq!(TurnWrite::together(&db, &[turn("a", 1, 1)]).await.unwrap(), [TurnOutcome::Seen]);
        assert_eq!(TurnWrite::together(&db, &[turn("a", 1, 2)]).await.unwrap(), [TurnOutcome::Saved]);
    }
}
