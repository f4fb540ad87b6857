//! One turn: what was said comes in, and the chat, the counters and the replies are saved in one commit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};

use super::fault::Fault;
use super::forget_chat::erase;
use super::house::House;
use super::transcript::Exchange;
use super::{deliver, transcript};
use crate::conversation::{Heard, Message, apology, respond, wording};
use crate::domain::chat::{Chat, ChatKey, Door, MEMORY};
use crate::domain::event::Event;
use crate::domain::lang::Lang;
use crate::knowledge::Knowledge;
use crate::store::chats::{self, StoredChat};
use crate::store::outbox::RowId;
use crate::store::{StoreError, Tx, events, updates};

/// How often a turn is computed again because another replica saved the chat first.
const ATTEMPTS: usize = 8;
/// Places in the outbox that a turn has for its messages.
const PLACES: i64 = 16;

/// Something that came in by a door.
#[derive(Debug)]
pub struct Arrival {
    /// By which door.
    pub door: Door,
    /// Where the person is reached at that door; becomes a keyed hash.
    pub address: String,
    /// The update's number where the door may bring it twice.
    pub update: Option<UpdateId>,
    /// What was said.
    pub heard: Heard,
    /// What the door needs to deliver the replies; sealed in the outbox.
    pub return_to: serde_json::Value,
}

/// An update's name: numbers are given out per bot.
#[derive(Debug, Clone)]
pub struct UpdateId {
    /// Who gave the number.
    pub source: String,
    /// The number.
    pub number: i64,
}

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// It had come before: nothing is said twice.
    Seen,
    /// These are the replies; those for Telegram are in the outbox already.
    Replied(Vec<Message>),
    /// Everything of the chat is erased, and this is the last that is said.
    Forgotten(Vec<Message>),
}

/// Takes a turn. After it returns, the replies are safe and the update may be acknowledged.
///
/// # Errors
/// Where the database does not answer: nothing has been saved, and the update should come again.
pub async fn take_turn(house: &House, arrival: &Arrival) -> Result<Taken, Fault> {
    let key = house.seal.chat_key(arrival.door, &arrival.address);
    let _lane = house.lanes.enter(&key).await;
    for _ in 0..ATTEMPTS {
        let taken = attempt(house, arrival, &key).await.map_err(|error| Fault::new("take a turn", error))?;
        if let Some(taken) = taken {
            return Ok(taken);
        }
    }
    Err(Fault::new("take a turn", "the chat was saved by others again and again"))
}

/// What would be said to somebody new; nothing is saved.
pub fn preview(house: &House, heard: &Heard) -> Vec<Message> {
    let now = house.clock.now();
    let knowledge = house.live.now();
    think(&knowledge, &Chat::default(), heard, now).messages
}

/// One try; nothing where another replica was faster.
async fn attempt(house: &House, arrival: &Arrival, key: &ChatKey) -> Result<Option<Taken>, StoreError> {
    let now = house.clock.now();
    let stored = chats::load(&house.db, key).await?;
    let delivery = delivery(house, arrival, key).await?;
    let thought = think(&house.live.now(), &unsealed(house, key, &stored), &arrival.heard, now);
    let mut tx = house.db.begin().await?;
    if let Some(update) = &arrival.update
        && !updates::first_sight(&mut tx, &update.source, update.number, house.day(now)).await?
    {
        return Ok(Some(Taken::Seen));
    }
    let forgotten = thought.events.contains(&Event::Forgotten);
    if forgotten {
        erase(&mut tx, key).await?;
    } else if !chats::save(
        &mut tx,
        key,
        &sealed(house, key, &thought.chat, stored.version),
        house.day(now),
        ends_at(arrival.door, now),
    )
    .await?
    {
        return Ok(None);
    }
    count(house, &mut tx, arrival.door, &stored, &thought.events, now).await?;
    let version = if forgotten { 0 } else { stored.version + 1 };
    let first = RowId { chat: key.clone(), seq: version * PLACES };
    hand_over(house, &mut tx, delivery, first, arrival, &thought, forgotten).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(Some(if forgotten { Taken::Forgotten(thought.messages) } else { Taken::Replied(thought.messages) }))
}

/// A page or a terminal is closed at some time, and nobody can come back to its chat; a Telegram chat stays.
fn ends_at(door: Door, now: DateTime<Utc>) -> Option<i64> {
    match door {
        Door::Telegram => None,
        Door::Web | Door::Terminal => Some((now + MEMORY * 2).timestamp()),
    }
}

async fn count(
    house: &House,
    tx: &mut Tx,
    door: Door,
    stored: &StoredChat,
    events: &[Event],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let day = house.day(now);
    if stored.version == 0 {
        events::record(tx, day, door, &[Event::ChatBegan]).await?;
    }
    events::record(tx, day, door, events).await
}

/// How a door delivers what is said.
enum Delivery {
    /// By the outbox.
    Outbox,
    /// By the transcript that the page shows; these exchanges stand in it already.
    Transcript(Vec<Exchange>),
    /// At once, by whoever took the turn.
    AtOnce,
}

async fn delivery(house: &House, arrival: &Arrival, key: &ChatKey) -> Result<Delivery, StoreError> {
    Ok(match arrival.door {
        Door::Telegram => Delivery::Outbox,
        Door::Web => Delivery::Transcript(transcript::load(house, key).await?),
        Door::Terminal => Delivery::AtOnce,
    })
}

async fn hand_over(
    house: &House,
    tx: &mut Tx,
    delivery: Delivery,
    first: RowId,
    arrival: &Arrival,
    thought: &Thought,
    forgotten: bool,
) -> Result<(), StoreError> {
    match delivery {
        Delivery::Outbox => deliver::post(house, tx, first, &arrival.return_to, &thought.messages).await,
        // A page that was just erased is shown once and not kept.
        Delivery::Transcript(_) if forgotten => Ok(()),
        Delivery::Transcript(before) => {
            let lang = thought.chat.lang.or(arrival.heard.proposed).unwrap_or_else(Lang::first);
            transcript::append(house, tx, &first.chat, before, &arrival.heard.said, lang, &thought.messages).await
        }
        Delivery::AtOnce => Ok(()),
    }
}

/// What the conversation makes of what was heard.
struct Thought {
    chat: Chat,
    events: Vec<Event>,
    messages: Vec<Message>,
}

/// The pure part. A panic in it hurts no other chat: it becomes a fault with a code, and an apology.
fn think(knowledge: &Knowledge, chat: &Chat, heard: &Heard, now: DateTime<Utc>) -> Thought {
    let thought = catch_unwind(AssertUnwindSafe(|| {
        let turn = respond(knowledge, chat, heard, now);
        let messages = turn.replies.iter().flat_map(|reply| wording(knowledge, reply, now)).collect();
        Thought { chat: turn.chat, events: turn.events, messages }
    }));
    thought.unwrap_or_else(|_| {
        let fault = Fault::new("respond", "panic; its place stands in the line before");
        let lang = chat.lang.or(heard.proposed).unwrap_or_else(Lang::first);
        Thought { chat: chat.clone(), events: Vec::new(), messages: vec![apology(lang, fault.code())] }
    })
}

fn unsealed(house: &House, key: &ChatKey, stored: &StoredChat) -> Chat {
    // A memory that does not open any more (the key has changed) is only a memory less.
    let memory = stored.memory.as_deref().and_then(|memory| house.seal.open(key, memory).ok());
    Chat { lang: stored.lang, municipality: stored.municipality.clone(), memory }
}

fn sealed(house: &House, key: &ChatKey, chat: &Chat, version: i64) -> StoredChat {
    StoredChat {
        lang: chat.lang,
        municipality: chat.municipality.clone(),
        memory: chat.memory.as_ref().map(|memory| house.seal.seal(key, memory)),
        memory_until: chat.memory.as_ref().map(|memory| memory.until.timestamp()),
        version,
    }
}
