//! Delivering: parcels of the outbox are claimed, sent by a door, and dropped when they have arrived.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::forget_chat::forget;
use super::house::House;
use crate::conversation::Message;
use crate::store::outbox::{self, Claimed, RowId};
use crate::store::{StoreError, Tx};

/// How long a claim lasts: longer than any send, short enough that a dead worker's parcels are not late for long.
const CLAIM: TimeDelta = TimeDelta::seconds(60);

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
}

/// What is sealed in the outbox.
#[derive(Serialize, Deserialize)]
struct Contents {
    return_to: serde_json::Value,
    message: Message,
    first: bool,
}

/// Puts the messages of a turn into the outbox; `seq` is the place of the first.
pub(super) async fn post(
    house: &House,
    tx: &mut Tx,
    first: RowId,
    return_to: &serde_json::Value,
    messages: &[Message],
) -> Result<(), StoreError> {
    let now = house.clock.now().timestamp();
    for (place, message) in messages.iter().enumerate() {
        let contents = Contents { return_to: return_to.clone(), message: message.clone(), first: place == 0 };
        let sealed = house.seal.seal(&first.chat, &contents);
        let id = RowId { chat: first.chat.clone(), seq: first.seq + place as i64 };
        outbox::put(tx, &id, &sealed, now).await?;
    }
    Ok(())
}

/// Claims the oldest parcel of each of up to `limit` chats for a minute.
///
/// # Errors
/// Where the database does not answer.
pub async fn claim(house: &House, worker: &str, limit: i64) -> Result<Vec<Parcel>, Fault> {
    claimed(house, worker, limit).await.map_err(|error| Fault::new("claim parcels", error))
}

async fn claimed(house: &House, worker: &str, limit: i64) -> Result<Vec<Parcel>, StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin().await?;
    let rows = outbox::claim(&mut tx, worker, now.timestamp(), (now + CLAIM).timestamp(), limit).await?;
    let mut parcels = Vec::new();
    for row in rows {
        match open(house, &row) {
            Some(parcel) => parcels.push(parcel),
            // Sealed with a key that is gone: nobody can ever read it.
            None => outbox::delete(&mut tx, &row.id).await?,
        }
    }
    tx.commit().await?;
    Ok(parcels)
}

fn open(house: &House, row: &Claimed) -> Option<Parcel> {
    let contents: Contents = house.seal.open(&row.id.chat, &row.sealed).ok()?;
    let Contents { return_to, message, first } = contents;
    Some(Parcel { id: row.id.clone(), return_to, message, first, attempts: row.attempts })
}

/// The parcel has arrived, or never can.
///
/// # Errors
/// Where the database does not answer; the parcel will then be sent once more.
pub async fn delivered(house: &House, parcel: &Parcel) -> Result<(), Fault> {
    let run = async {
        let mut tx = house.db.begin().await?;
        outbox::delete(&mut tx, &parcel.id).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| Fault::new("drop a parcel", error))
}

/// The parcel is to be sent again later, and the chat's later ones after it.
///
/// # Errors
/// Where the database does not answer; the claim then runs out by itself.
pub async fn try_again(house: &House, parcel: &Parcel, after: TimeDelta) -> Result<(), Fault> {
    let run = async {
        let mut tx = house.db.begin().await?;
        outbox::postpone(&mut tx, &parcel.id, (house.clock.now() + after).timestamp()).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| Fault::new("postpone a parcel", error))
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

/// The person has left: the chat is forgotten, with all that waits for it.
///
/// # Errors
/// Where the database does not answer.
pub async fn unreachable(house: &House, parcel: &Parcel) -> Result<(), Fault> {
    forget(house, &parcel.id.chat).await.map_err(|error| Fault::new("forget a chat that left", error))
}
