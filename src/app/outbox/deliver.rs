//! Delivering: parcels of the outbox are claimed, sent by a door, and dropped when they have arrived.
//!
//! What became of parcels and the claim of the next go into one commit: a busy sender needs few.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::undelivered::KEPT;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::turns::erase::erase;
use crate::bot::citizen::Message;
use crate::domain::people::chat::MEMORY;
use crate::encryption::new_id;
use crate::store::chats::shown_messages;
use crate::store::outbox::{self, Claimed, Postponed, RowId};
use crate::store::outbox::{undecryptable, undelivered};
use crate::store::{StoreError, Tx};

/// How long a claim lasts where it is not renewed: the parcels of a worker that dies are late for no longer than this.
const CLAIM: TimeDelta = TimeDelta::seconds(20);

/// A message on its way.
#[derive(Debug, Clone)]
pub struct OutboxMessage {
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
    /// After how many of those tries it was unknown whether it had arrived.
    pub unknown_tries: usize,
    /// How many of its pieces have arrived: they are not sent again.
    pub pieces: usize,
    /// Since when it waits.
    pub queued_at: DateTime<Utc>,
    /// Messages of the chat that are to be deleted before; nothing where none are.
    pub retract: Option<Vec<i32>>,
}

/// What is sealed in the outbox.
#[derive(Serialize, Deserialize)]
struct Contents {
    return_to: serde_json::Value,
    message: Message,
    first: bool,
    /// As it has always been written: what waits in the outbox must open.
    #[serde(default, rename = "hush")]
    retract: bool,
}

/// The messages of a turn, sealed for the outbox; `first` is the place of the first.
pub(in crate::app) fn sealed(
    app: &App,
    first: &RowId,
    return_to: &serde_json::Value,
    messages: &[Message],
    retract: bool,
) -> Vec<(RowId, String)> {
    let outgoing = |(place, message): (usize, &Message)| {
        let (return_to, first_one) = (return_to.clone(), place == 0);
        let contents =
            Contents { return_to, message: message.clone(), first: first_one, retract: retract && first_one };
        let id = RowId { chat: first.chat.clone(), seq: first.seq + place as i64 };
        (id, app.encryption.encrypt(&first.chat, &contents))
    };
    messages.iter().enumerate().map(outgoing).collect()
}

/// What became of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It has arrived, or never can.
    Delivered,
    /// It has arrived under these numbers, and may be taken back.
    Shown(Vec<i32>),
    /// It has arrived, and what was to be taken back is gone.
    Retracted,
    /// It is to be sent again later, and the chat's later ones after it.
    TryAgain(Later),
    /// It will not be tried again by itself: operators see why, in words that say nothing of it. The chat's later ones go out.
    Undelivered(String),
    /// The person has left: the chat is forgotten, with all that waits for it.
    Unreachable,
}

/// How it is to be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// How much later.
    pub after: TimeDelta,
    /// Why it has not arrived.
    pub why: Why,
    /// How many of its pieces have arrived, those of earlier tries included.
    pub pieces: usize,
    /// The numbers of those that arrived this time, where they may be taken back.
    pub shown: Vec<i32>,
}

/// Why a message has not arrived, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There was no connection, so it surely did not arrive.
    NoConnection,
    /// The door said that it was not well and did not take it.
    NotTaken,
    /// The door said when it will take it.
    TooMuch,
    /// Nobody knows whether it has arrived.
    Unknown,
}

impl Why {
    /// Whether it may go out as soon as another has arrived.
    fn wakes(self) -> bool {
        match self {
            Why::NoConnection | Why::NotTaken => true,
            Why::TooMuch | Why::Unknown => false,
        }
    }
}

/// Hands in what became of parcels, and claims the oldest parcel of each of up to `limit` chats.
///
/// # Errors
/// Where the database does not answer: nothing has changed, and the same can be handed in again.
pub async fn settle_and_claim(
    app: &App,
    worker: &str,
    done: &[(RowId, Delivery)],
    limit: usize,
) -> Result<Vec<OutboxMessage>, InternalError> {
    let done = settled(app, worker, done, limit).await;
    done.map_err(|error| InternalError::again(&app.lasting, "hand in and claim parcels", error))
}

async fn settled(
    app: &App,
    worker: &str,
    done: &[(RowId, Delivery)],
    limit: usize,
) -> Result<Vec<OutboxMessage>, StoreError> {
    let now = app.clock.now();
    let mut tx = app.db.begin_batch().await?;
    let has_arrived =
        |delivery: &Delivery| matches!(delivery, Delivery::Delivered | Delivery::Shown(_) | Delivery::Retracted);
    let arrived: Vec<&RowId> = done.iter().filter(|(_, delivery)| has_arrived(delivery)).map(|(id, _)| id).collect();
    outbox::delete(&mut tx, &arrived).await?;
    let mut shown = Vec::new();
    for (id, delivery) in done {
        match delivery {
            Delivery::Delivered => {}
            Delivery::Shown(numbers) => shown.push((id, with_earlier(app, &mut tx, id, numbers).await?)),
            Delivery::Retracted => shown_messages::forget(&mut tx, &id.chat).await?,
            Delivery::TryAgain(later) => {
                if !later.shown.is_empty() {
                    shown.push((id, with_earlier(app, &mut tx, id, &later.shown).await?));
                }
                outbox::put_off(&mut tx, id, now.timestamp(), &postponed(later, now)).await?;
            }
            Delivery::Undelivered(reason) => {
                undelivered::put_aside(&mut tx, id, &new_id(), reason, put_aside_until(now)).await?;
            }
            Delivery::Unreachable => erase(&mut tx, &id.chat).await?,
        }
    }
    shown_messages::put(&mut tx, &shown, (now + MEMORY).timestamp()).await?;
    let until = (now + CLAIM).timestamp();
    let rows = match i64::try_from(limit) {
        Ok(limit @ 1..) => outbox::claim(&mut tx, worker, now.timestamp(), until, limit).await?,
        Ok(_) | Err(_) => Vec::new(),
    };
    let mut outbox_messages = Vec::new();
    for row in rows {
        match open(app, &row) {
            Some((mut outgoing, retract)) => {
                if retract {
                    let shown = shown_messages::of(&mut tx, &outgoing.id.chat).await?;
                    let numbers =
                        shown.iter().filter_map(|one| app.encryption.decrypt::<Vec<i32>>(&outgoing.id.chat, one).ok());
                    outgoing.retract = Some(numbers.flatten().collect());
                }
                outbox_messages.push(outgoing);
            }
            // Sealed with another key, which may come back.
            None => {
                tracing::error!("a message of the outbox does not open with this key file; it is kept");
                undecryptable::lay_aside(&mut tx, &row.id, now.timestamp()).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(outbox_messages)
}

fn put_aside_until(now: DateTime<Utc>) -> (i64, i64) {
    (now.timestamp(), (now + KEPT).timestamp())
}

fn postponed(later: &Later, now: DateTime<Utc>) -> Postponed {
    Postponed {
        not_before: whole_second_after(now + later.after),
        wakes: later.why.wakes(),
        unknown: later.why == Why::Unknown,
        pieces: i64::try_from(later.pieces).unwrap_or_default(),
    }
}

/// The numbers of a row's messages, sealed, with those of its pieces that arrived earlier.
async fn with_earlier(app: &App, tx: &mut Tx, id: &RowId, numbers: &[i32]) -> Result<String, StoreError> {
    let earlier = shown_messages::of_row(tx, id).await?;
    let mut all: Vec<i32> =
        earlier.and_then(|sealed| app.encryption.decrypt(&id.chat, &sealed).ok()).unwrap_or_default();
    all.extend(numbers);
    Ok(app.encryption.encrypt(&id.chat, &all))
}

/// Lets everything that waits because nobody could be reached be sent at once: somebody has been.
///
/// # Errors
/// Where the database does not answer; each message then waits for its own time.
pub async fn wake(app: &App) -> Result<(), InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        let woken = outbox::wake(&mut tx, app.clock.now().timestamp()).await?;
        tx.commit().await?;
        Ok(woken)
    };
    let woken = run.await.map_err(|error: StoreError| InternalError::new("wake what waits", error))?;
    if woken > 0 {
        tracing::info!(messages = woken, "Telegram can be reached again; what has waited goes out");
        app.outbox_ready.notify_one();
    }
    Ok(())
}

/// Never too early: Telegram counts whoever comes before the time it named.
fn whole_second_after(time: DateTime<Utc>) -> i64 {
    (time + TimeDelta::milliseconds(999)).timestamp()
}

/// Claims a parcel that is still on its way for longer.
///
/// # Errors
/// Where the database does not answer; the claim then runs out, and the parcel may be sent once more.
pub async fn renew(app: &App, worker: &str, outgoing: &OutboxMessage) -> Result<(), InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        outbox::renew(&mut tx, &outgoing.id, worker, (app.clock.now() + CLAIM).timestamp()).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| InternalError::new("renew a claim", error))
}

/// The parcel, and whether it takes back what was shown before.
fn open(app: &App, row: &Claimed) -> Option<(OutboxMessage, bool)> {
    let contents: Contents = app.encryption.decrypt(&row.id.chat, &row.sealed).ok()?;
    let Contents { return_to, message, first, retract } = contents;
    let outgoing = OutboxMessage {
        id: row.id.clone(),
        return_to,
        message,
        first,
        attempts: row.attempts,
        unknown_tries: usize::try_from(row.unknown_tries).unwrap_or_default(),
        pieces: usize::try_from(row.pieces).unwrap_or_default(),
        queued_at: DateTime::from_timestamp_millis(row.queued_ms).unwrap_or_default(),
        retract: None,
    };
    Some((outgoing, retract))
}

/// Gives back the parcels that an earlier life of this worker had claimed.
///
/// # Errors
/// Where the database does not answer; the claims then run out by themselves.
pub async fn release(app: &App, worker: &str) -> Result<(), InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        outbox::release(&mut tx, worker).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| InternalError::new("release parcels", error))
}
