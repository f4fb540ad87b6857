//! Delivering: parcels of the outbox are claimed, sent by a door, and dropped when they have arrived.
//!
//! What became of parcels and the claim of the next go into one commit: a busy sender needs few.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::forget_chat::erase;
use super::house::House;
use crate::conversation::Message;
use crate::domain::chat::MEMORY;
use crate::store::outbox::{self, Claimed, RowId};
use crate::store::{StoreError, shown_messages};

/// How long a claim lasts where it is not renewed: the parcels of a worker that dies are late for no longer than this.
const CLAIM: TimeDelta = TimeDelta::seconds(20);

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Its row in the outbox.
    pub id: RowId,
    /// What the door needs to deliver it.
    pub return_to: serde_json::Value,
    /// The message.
    pub message: Message,
    /// Whether it is the first of its turn: the one that may take the place of another and answers the button.
    pub first: bool,
    /// How often sending was tried before.
    pub attempts: i64,
    /// Messages of the chat that are to be deleted before; nothing where none are.
    pub hush: Option<Vec<i32>>,
}

/// What is sealed in the outbox.
#[derive(Serialize, Deserialize)]
struct Contents {
    return_to: serde_json::Value,
    message: Message,
    first: bool,
    #[serde(default)]
    hush: bool,
}

/// The messages of a turn, sealed for the outbox; `first` is the place of the first.
pub(super) fn sealed(
    house: &House,
    first: &RowId,
    return_to: &serde_json::Value,
    messages: &[Message],
    hush: bool,
) -> Vec<(RowId, String)> {
    let parcel = |(place, message): (usize, &Message)| {
        let (return_to, first_one) = (return_to.clone(), place == 0);
        let contents = Contents { return_to, message: message.clone(), first: first_one, hush: hush && first_one };
        let id = RowId { chat: first.chat.clone(), seq: first.seq + place as i64 };
        (id, house.seal.seal(&first.chat, &contents))
    };
    messages.iter().enumerate().map(parcel).collect()
}

/// What became of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It has arrived, or never can.
    Delivered,
    /// It has arrived under these numbers, and may be taken back.
    Shown(Vec<i32>),
    /// It has arrived, and what was to be taken back is gone.
    Hushed,
    /// It is to be sent again so much later, and the chat's later ones after it.
    TryAgain(TimeDelta),
    /// The person has left: the chat is forgotten, with all that waits for it.
    Unreachable,
}

/// Hands in what became of parcels, and claims the oldest parcel of each of up to `limit` chats.
///
/// # Errors
/// Where the database does not answer: nothing has changed, and the same can be handed in again.
pub async fn hand_in(house: &House, worker: &str, done: &[(RowId, Fate)], limit: usize) -> Result<Vec<Parcel>, Fault> {
    handed_in(house, worker, done, limit).await.map_err(|error| Fault::new("hand in and claim parcels", error))
}

async fn handed_in(
    house: &House,
    worker: &str,
    done: &[(RowId, Fate)],
    limit: usize,
) -> Result<Vec<Parcel>, StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin().await?;
    let has_arrived = |fate: &Fate| matches!(fate, Fate::Delivered | Fate::Shown(_) | Fate::Hushed);
    let arrived: Vec<&RowId> = done.iter().filter(|(_, fate)| has_arrived(fate)).map(|(id, _)| id).collect();
    outbox::delete(&mut tx, &arrived).await?;
    let mut shown = Vec::new();
    for (id, fate) in done {
        match fate {
            Fate::Delivered => {}
            Fate::Shown(numbers) => shown.push((id, house.seal.seal(&id.chat, numbers))),
            Fate::Hushed => shown_messages::forget(&mut tx, &id.chat).await?,
            Fate::TryAgain(after) => outbox::postpone(&mut tx, id, whole_second_after(now + *after)).await?,
            Fate::Unreachable => erase(&mut tx, &id.chat).await?,
        }
    }
    shown_messages::put(&mut tx, &shown, (now + MEMORY).timestamp()).await?;
    let until = (now + CLAIM).timestamp();
    let rows = match i64::try_from(limit) {
        Ok(limit @ 1..) => outbox::claim(&mut tx, worker, now.timestamp(), until, limit).await?,
        Ok(_) | Err(_) => Vec::new(),
    };
    let mut parcels = Vec::new();
    for row in rows {
        match open(house, &row) {
            Some((mut parcel, hush)) => {
                if hush {
                    let shown = shown_messages::of(&mut tx, &parcel.id.chat).await?;
                    let numbers = shown.iter().filter_map(|one| house.seal.open::<Vec<i32>>(&parcel.id.chat, one).ok());
                    parcel.hush = Some(numbers.flatten().collect());
                }
                parcels.push(parcel);
            }
            // Sealed with a key that is gone: nobody can ever read it.
            None => outbox::delete(&mut tx, &[&row.id]).await?,
        }
    }
    tx.commit().await?;
    Ok(parcels)
}

/// Never too early: Telegram counts whoever comes before the time it named.
fn whole_second_after(time: DateTime<Utc>) -> i64 {
    (time + TimeDelta::milliseconds(999)).timestamp()
}

/// Claims a parcel that is still on its way for longer.
///
/// # Errors
/// Where the database does not answer; the claim then runs out, and the parcel may be sent once more.
pub async fn renew(house: &House, worker: &str, parcel: &Parcel) -> Result<(), Fault> {
    let run = async {
        let mut tx = house.db.begin().await?;
        outbox::renew(&mut tx, &parcel.id, worker, (house.clock.now() + CLAIM).timestamp()).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| Fault::new("renew a claim", error))
}

/// The parcel, and whether it takes back what was shown before.
fn open(house: &House, row: &Claimed) -> Option<(Parcel, bool)> {
    let contents: Contents = house.seal.open(&row.id.chat, &row.sealed).ok()?;
    let Contents { return_to, message, first, hush } = contents;
    Some((Parcel { id: row.id.clone(), return_to, message, first, attempts: row.attempts, hush: None }, hush))
}

/// Gives back the parcels that an earlier life of this worker had claimed.
///
/// # Errors
/// Where the database does not answer; the claims then run out by themselves.
pub async fn release(house: &House, worker: &str) -> Result<(), Fault> {
    let run = async {
        let mut tx = house.db.begin().await?;
        outbox::release(&mut tx, worker).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| Fault::new("release parcels", error))
}
