//! The ledger: turns that are thought out are written down, all that wait in one commit.
//!
//! A commit costs a write to the disk whatever it holds. While one is under way, the next turns gather.

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

/// A turn, ready to be written down.
pub(in crate::app) struct TurnWrite {
    pub key: ChatKey,
    pub update: Option<UpdateId>,
    /// The message in which it was said, where that matters.
    pub message: Option<Hashed>,
    /// Whether it is the chat's first turn.
    pub began: bool,
    /// The chat as it is to be stored over version `chat.version`; nothing where it is to be erased.
    pub chat: Option<StoredChat>,
    pub ends_at: Option<i64>,
    pub events: Vec<Event>,
    /// What is left for people, sealed.
    pub queued: Vec<Queued>,
    /// What is to be sent, sealed.
    pub outbox_messages: Vec<(RowId, String)>,
    /// The transcript to keep, sealed, and until when.
    pub transcript: Option<(String, i64)>,
    pub occasion: Occasion,
    /// Who brings new gaps: a keyed hash of the day, by which no chat is known.
    pub asker: String,
    pub now: DateTime<Utc>,
}

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum TurnOutcome {
    /// It is saved.
    Saved,
    /// Its update had come before: nothing has changed.
    Seen,
    /// Somebody else has saved the chat meanwhile: nothing has changed.
    Overtaken,
}

impl Work for TurnWrite {
    type Done = TurnOutcome;

    /// Writes drafts in one transaction; what became of each.
    async fn together(db: &Db, turns: &[TurnWrite]) -> Result<Vec<TurnOutcome>, StoreError> {
        let mut tx = db.begin_batch().await?;
        let repeated = repeated(&mut tx, turns).await?;
        let new = first_sight(&mut tx, turns).await?;
        let is_new = |id: &UpdateId| new.contains(&(id.source.clone(), id.number));
        let seen = |(turn, repeated): (&TurnWrite, &bool)| {
            *repeated || turn.update.as_ref().is_some_and(|update| !is_new(update))
        };
        let seen: Vec<bool> = turns.iter().zip(&repeated).map(seen).collect();
        // A chat has one draft at a time, unless whoever brought the first has gone and left its lane: then the second has been
        // overtaken by the first.
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
                // An update that came again before its first turn was written is not forgotten with the second.
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
        // Last, and in order: counters are what all replicas write, and whoever holds one makes the others wait.
        tally.record(&mut tx).await?;
        tx.commit().await?;
        Ok(written)
    }
}

impl TurnWrite {
    /// What is to be sent, as it is put into the outbox.
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

/// Which of the drafts say nothing new.
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

/// Notes the updates of all drafts; those that had not come before.
async fn first_sight(tx: &mut Tx, turns: &[TurnWrite]) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let mut updates = Vec::new();
    for turn in turns {
        updates.extend(turn.update.as_ref().map(|update| Hashed::noted(update, turn.message.as_ref())));
    }
    // In order, so that replicas that were brought the same do not wait for each other in a ring.
    updates.sort_unstable();
    updates.dedup_by_key(|noted| (noted.source, noted.number));
    match turns.first() {
        Some(first) if !updates.is_empty() => updates::note(tx, &updates, first.occasion.day).await,
        Some(_) | None => Ok(BTreeSet::new()),
    }
}

/// Saves the chats of drafts that do not erase theirs; those that were saved.
async fn save_chats(tx: &mut Tx, turns: impl Iterator<Item = &TurnWrite>) -> Result<BTreeSet<ChatKey>, StoreError> {
    let mut saving = Vec::new();
    for TurnWrite { key, chat, ends_at, occasion, .. } in turns {
        saving.extend(chat.as_ref().map(|chat| Saving { key, chat, day: occasion.day, ends_at: *ends_at }));
    }
    chats::save(tx, &saving).await
}

/// The update of a turn that was not saved may come again.
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
        // Whoever changes a question saves its chat as well, so it is still as it was when the turn was thought out.
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

    /// A chat's turn over version `version`, brought by update `number`.
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
        // The first update is brought again, and another one comes, before the first has been written.
        let batch = [turn("a", 0, 1), turn("a", 0, 1), turn("a", 0, 2), turn("b", 0, 3)];
        let fates = TurnWrite::together(&db, &batch).await.unwrap();
        assert_eq!(fates, [TurnOutcome::Saved, TurnOutcome::Overtaken, TurnOutcome::Overtaken, TurnOutcome::Saved]);
        assert_eq!(chats::load(&db, &batch[0].key).await.unwrap().version, 1);
        // When both are thought out again, the one has been taken and the other has not.
        assert_eq!(TurnWrite::together(&db, &[turn("a", 1, 1)]).await.unwrap(), [TurnOutcome::Seen]);
        assert_eq!(TurnWrite::together(&db, &[turn("a", 1, 2)]).await.unwrap(), [TurnOutcome::Saved]);
    }
}
