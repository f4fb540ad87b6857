//! Delivers messages of the outbox: a worker claims them, a door sends them, and their delivery is settled.
//!
//! Only the oldest message of a chat can be claimed, so a chat's messages keep their order. A claim is a lease of 20
//! seconds, which the worker renews while it sends; the messages of a dead worker are claimed by another. Settling the
//! deliveries and claiming the next messages is one commit, so a busy sender needs few. A message that arrived but was
//! not settled (a crash in between) is sent twice: the Bot API cannot be asked.

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

/// How long a claim lasts unless renewed: a dead worker delays its messages by no more than this.
const CLAIM: TimeDelta = TimeDelta::seconds(20);

/// A message that a worker has claimed.
#[derive(Debug, Clone)]
pub struct OutboxMessage {
    /// Its row in the outbox.
    pub id: RowId,
    /// What the door needs to deliver it.
    pub return_to: serde_json::Value,
    /// The message.
    pub message: Message,
    /// Whether it is the first of its turn: only this one may replace an earlier message and answers the button.
    pub first: bool,
    /// How often sending was tried before.
    pub attempts: i64,
    /// After how many of those tries it was unknown whether it had arrived.
    pub unknown_tries: usize,
    /// How many of its pieces have arrived: they are not sent again.
    pub pieces: usize,
    /// Since when it is in the outbox.
    pub queued_at: DateTime<Utc>,
    /// Numbers of the chat's messages that are to be deleted first; nothing if it retracts none.
    pub retract: Option<Vec<i32>>,
}

/// The encrypted contents of an outbox row.
#[derive(Serialize, Deserialize)]
struct Contents {
    return_to: serde_json::Value,
    message: Message,
    first: bool,
    /// Stored under its older name: messages that are already in the outbox must stay readable.
    #[serde(default, rename = "hush")]
    retract: bool,
}

/// The messages of a turn, encrypted for the outbox; `first` is the position of the first.
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

/// The delivery of an outbox message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It has arrived, or can never arrive: its row is deleted.
    Delivered,
    /// It has arrived under these message numbers, and may be retracted.
    Shown(Vec<i32>),
    /// It has arrived, and the messages that it retracts are deleted.
    Retracted,
    /// It is sent again later, and the chat's later messages after it.
    TryAgain(Later),
    /// It is not tried again by itself. The reason, for operators, says nothing of its contents. Later messages go out.
    Undelivered(String),
    /// The person has left: the chat is erased, with all its messages in the outbox.
    Unreachable,
}

/// When and how a message is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// How much later.
    pub after: TimeDelta,
    /// Why it has not arrived.
    pub why: Why,
    /// How many of its pieces have arrived, in this and in earlier tries.
    pub pieces: usize,
    /// The message numbers of the pieces that arrived this time, if they may be retracted.
    pub shown: Vec<i32>,
}

/// Why a message has not arrived, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There was no connection, so it certainly did not arrive.
    NoConnection,
    /// The door reported a failure and did not take it.
    NotTaken,
    /// The door said when it will take it (rate limit).
    TooMuch,
    /// It is unknown whether it has arrived.
    Unknown,
}

impl Why {
    /// Whether it may be sent as soon as another message has arrived.
    fn wakes(self) -> bool {
        match self {
            Why::NoConnection | Why::NotTaken => true,
            Why::TooMuch | Why::Unknown => false,
        }
    }
}

/// Settles deliveries, and claims the oldest message of each of up to `limit` chats.
///
/// # Errors
/// Nothing has changed, and the same deliveries can be settled again.
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
                outbox::put_off(&mut tx, id, worker, now.timestamp(), &postponed(later, now)).await?;
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
            // Encrypted with another key, which may come back.
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

/// The message numbers of a row, encrypted, together with those of its pieces that arrived earlier.
async fn with_earlier(app: &App, tx: &mut Tx, id: &RowId, numbers: &[i32]) -> Result<String, StoreError> {
    let earlier = shown_messages::of_row(tx, id).await?;
    let mut all: Vec<i32> =
        earlier.and_then(|sealed| app.encryption.decrypt(&id.chat, &sealed).ok()).unwrap_or_default();
    all.extend(numbers);
    Ok(app.encryption.encrypt(&id.chat, &all))
}

/// Makes all messages that wait for a connection due at once, because the door can be reached again.
///
/// # Errors
/// Each message then waits for its own time.
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

/// Rounded up, never too early: Telegram counts requests that come before the time it named.
fn whole_second_after(time: DateTime<Utc>) -> i64 {
    (time + TimeDelta::milliseconds(999)).timestamp()
}

/// Renews the claim of a message that is still being sent.
///
/// # Errors
/// The claim then runs out, and the message may be sent once more.
pub async fn renew(app: &App, worker: &str, outgoing: &OutboxMessage) -> Result<(), InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        outbox::renew(&mut tx, &outgoing.id, worker, (app.clock.now() + CLAIM).timestamp()).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| InternalError::new("renew a claim", error))
}

/// The message, and whether it retracts earlier ones; nothing if it cannot be decrypted.
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

/// Releases the claims that a worker of this name held before it was restarted.
///
/// # Errors
/// The claims then run out by themselves.
pub async fn release(app: &App, worker: &str) -> Result<(), InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        outbox::release(&mut tx, worker).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| InternalError::new("release parcels", error))
}
