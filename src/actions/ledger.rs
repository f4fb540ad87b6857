//! The ledger: turns that are thought out are written down, all that wait in one commit.
//!
//! A commit costs a write to the disk whatever it holds. While one is under way, the next turns gather.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::forget_chat::erase;
use super::queue::{self, Queued};
use super::take_turn::UpdateId;
use crate::domain::chat::ChatKey;
use crate::domain::event::{Event, Occasion};
use crate::store::chats::{self, StoredChat};
use crate::store::events::Tally;
use crate::store::outbox::{self, RowId};
use crate::store::{Db, StoreError, Tx, transcripts, updates};

/// How many turns go into one commit at the most: a turn should not wait for too many others.
const MOST: usize = 32;

/// A turn, ready to be written down.
pub(super) struct Draft {
    pub key: ChatKey,
    pub update: Option<UpdateId>,
    /// Whether it is the chat's first turn.
    pub began: bool,
    /// The chat as it is to be stored over version `chat.version`; nothing where it is to be erased.
    pub chat: Option<StoredChat>,
    pub ends_at: Option<i64>,
    pub events: Vec<Event>,
    /// What is left for people, sealed.
    pub queued: Vec<Queued>,
    /// What is to be sent, sealed.
    pub parcels: Vec<(RowId, String)>,
    /// The transcript to keep, sealed, and until when.
    pub transcript: Option<(String, i64)>,
    pub occasion: Occasion,
    pub now: i64,
}

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// It is saved.
    Saved,
    /// Its update had come before: nothing has changed.
    Seen,
    /// Somebody else has saved the chat meanwhile: nothing has changed.
    Overtaken,
}

type Answer = oneshot::Sender<Result<Written, StoreError>>;

/// The ledger of a house.
#[derive(Clone, Default)]
pub(super) struct Ledger(Arc<Mutex<Desk>>);

#[derive(Default)]
struct Desk {
    waiting: Vec<(Draft, Answer)>,
    /// Whether somebody is writing; they go on until nothing waits.
    writing: bool,
}

impl Ledger {
    /// Writes a turn down. It goes on where the caller is gone: what waits beside it must not suffer.
    pub async fn write(&self, db: &Db, draft: Draft) -> Result<Written, StoreError> {
        let (answer, answered) = oneshot::channel();
        let begin = {
            let mut desk = self.desk();
            desk.waiting.push((draft, answer));
            !std::mem::replace(&mut desk.writing, true)
        };
        if begin {
            tokio::spawn(Writer { ledger: self.clone(), db: db.clone() }.run());
        }
        // The writer gives every draft an answer, unless the program is being stopped.
        answered.await.unwrap_or(Err(StoreError::Together))
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Writer {
    ledger: Ledger,
    db: Db,
}

impl Drop for Writer {
    /// Also where it broke down, so that the next draft finds a new writer.
    fn drop(&mut self) {
        let mut desk = self.ledger.desk();
        desk.waiting.clear();
        desk.writing = false;
    }
}

impl Writer {
    async fn run(self) {
        while let Some(batch) = self.next() {
            self.write(batch).await;
        }
    }

    /// What waits, up to a limit; nothing, and the writer is done, where nothing waits.
    fn next(&self) -> Option<Vec<(Draft, Answer)>> {
        let mut desk = self.ledger.desk();
        let many = desk.waiting.len().min(MOST);
        desk.writing = many > 0;
        (many > 0).then(|| desk.waiting.drain(..many).collect())
    }

    async fn write(&self, batch: Vec<(Draft, Answer)>) {
        let (mut drafts, mut answers) = (Vec::new(), Vec::new());
        for (draft, answer) in batch {
            drafts.push(draft);
            answers.push(answer);
        }
        match commit(&self.db, &drafts).await {
            Ok(written) => answers.into_iter().zip(written).for_each(|(answer, written)| tell(answer, Ok(written))),
            // The database answered and refused: perhaps only one of them.
            Err(StoreError::Sql(error)) if error.as_database_error().is_some() && drafts.len() > 1 => {
                for (draft, answer) in drafts.iter().zip(answers) {
                    let alone = commit(&self.db, std::slice::from_ref(draft)).await;
                    tell(answer, alone.map(|written| written.first().copied().unwrap_or(Written::Overtaken)));
                }
            }
            Err(error) => {
                // The first says what it was; the others only that it could not be done.
                let mut answers = answers.into_iter();
                if let Some(answer) = answers.next() {
                    tell(answer, Err(error));
                }
                answers.for_each(|answer| tell(answer, Err(StoreError::Together)));
            }
        }
    }
}

/// Whoever asked may be gone.
fn tell(answer: Answer, written: Result<Written, StoreError>) {
    let _ = answer.send(written);
}

/// Writes drafts in one transaction; what became of each.
async fn commit(db: &Db, drafts: &[Draft]) -> Result<Vec<Written>, StoreError> {
    let mut tx = db.begin().await?;
    let new = first_sight(&mut tx, drafts).await?;
    let (mut written, mut tally, mut parcels) = (Vec::new(), Tally::default(), Vec::new());
    for draft in drafts {
        let seen = draft.update.as_ref().is_some_and(|id| !new.contains(&(id.source.clone(), id.number)));
        let outcome = if seen { Written::Seen } else { write(&mut tx, draft).await? };
        if outcome == Written::Saved {
            let Draft { occasion, began, events, .. } = draft;
            tally.add(occasion.day, occasion.door, if *began { &[Event::ChatBegan] } else { &[] });
            tally.add_turn(occasion, events);
            parcels.extend(draft.parcels.iter().cloned());
        }
        written.push(outcome);
    }
    let now = drafts.iter().map(|draft| draft.now).max().unwrap_or_default();
    outbox::put(&mut tx, &parcels, now).await?;
    // Last, and in order: counters are what all replicas write, and whoever holds one makes the others wait.
    tally.record(&mut tx).await?;
    tx.commit().await?;
    Ok(written)
}

/// Notes the updates of all drafts; those that had not come before.
async fn first_sight(tx: &mut Tx, drafts: &[Draft]) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let updates = drafts.iter().filter_map(|draft| draft.update.as_ref());
    let mut updates: Vec<_> = updates.map(|update| (update.source.as_str(), update.number)).collect();
    // In order, so that replicas that were brought the same do not wait for each other in a ring.
    updates.sort_unstable();
    updates.dedup();
    match drafts.first() {
        Some(first) if !updates.is_empty() => updates::first_sight(tx, &updates, first.occasion.day).await,
        Some(_) | None => Ok(BTreeSet::new()),
    }
}

/// Writes what belongs to the chat alone.
async fn write(tx: &mut Tx, draft: &Draft) -> Result<Written, StoreError> {
    match &draft.chat {
        None => erase(tx, &draft.key).await?,
        Some(chat) => {
            if !chats::save(tx, &draft.key, chat, draft.occasion.day, draft.ends_at).await? {
                if let Some(update) = &draft.update {
                    updates::unsee(tx, &update.source, update.number).await?;
                }
                return Ok(Written::Overtaken);
            }
            // Whoever changes a question saves its chat as well, so it is still as it was when the turn was thought out.
            queue::write(tx, &draft.key, &draft.queued).await?;
        }
    }
    if let Some((sealed, expires_at)) = &draft.transcript {
        transcripts::save(tx, &draft.key, sealed, *expires_at).await?;
    }
    Ok(Written::Saved)
}
