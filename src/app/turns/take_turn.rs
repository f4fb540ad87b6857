//! Takes one turn: an input arrives, and the chat, the counters and the replies are saved in one commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

use super::arrival::Arrival;
use super::count_chat::counting;
use super::handoff::{self, Way};
use super::lookup::Lookup;
use super::rate_limit::rate_decision;
use super::source_message::{Hashed, SourceMessage};
use super::stored_chat::{decrypted, encrypted};
use super::transcript::Exchange;
use super::turn_commit::{TurnOutcome, TurnWrite};
use super::{copy_of_chat, transcript};
use crate::app::outbox::deliver;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::bot::citizen::{Message, TurnInput, apology, respond, too_many, wording};
use crate::bot::knowledge::Knowledge;
use crate::domain::people::chat::{Chat, ChatKey, Door, MEMORY};
use crate::domain::people::chat_rate::RateDecision;
use crate::domain::statistics::event::{Event, Occasion};
use crate::domain::text::lang::Lang;
use crate::metrics;
use crate::store::StoreError;
use crate::store::chats::StoredChat;
use crate::store::outbox::RowId;

/// How often a turn is computed again because another replica saved the chat first.
const ATTEMPTS: usize = 8;
/// Positions in the outbox that are reserved for the messages of one turn.
pub(in crate::app) const PLACES: i64 = 16;

/// Retention period of a web or terminal chat after its last turn: nobody can come back to it later.
pub(in crate::app) const WEB_CHAT: TimeDelta = TimeDelta::minutes(2 * MEMORY.num_minutes());

/// The outcome of an arrival.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// It had arrived before: nothing is sent twice.
    Seen,
    /// The replies; those for Telegram are in the outbox already. Empty if the chat was told to wait a moment ago.
    Replied(Vec<Message>),
    /// The replies, to be shown after the messages about a discreet matter are retracted.
    Retracted(Vec<Message>),
    /// The last replies: everything of the chat is erased.
    Forgotten(Vec<Message>),
}

/// An arrival with what else is known about it.
struct Coming<'a> {
    arrival: &'a Arrival,
    source: Option<&'a SourceMessage>,
    /// The address or network by which limits of a day count.
    network: &'a str,
    /// Whether a new chat is counted at once.
    counts: bool,
}

/// Takes a turn. After it returns, the replies are safe and the update may be acknowledged.
///
/// # Errors
/// Nothing has been saved, and the update should come again.
pub async fn take_turn(app: &App, arrival: &Arrival) -> Result<Taken, InternalError> {
    take_turn_of(app, arrival, None).await
}

/// The same for a person who can have any number of addresses: limits of a day count by their `network`.
/// Unless `is_known`, it is not known yet whether they come back (cookie): the chat is then counted from `count_chat`
/// or its next turn on.
pub async fn take_turn_from(
    app: &App,
    arrival: &Arrival,
    network: &str,
    is_known: bool,
) -> Result<Taken, InternalError> {
    take(app, &Coming { arrival, source: None, network, counts: is_known }).await
}

/// The same for a message that may be edited or is part of an album: a repetition is not answered.
pub async fn take_turn_of(
    app: &App,
    arrival: &Arrival,
    source: Option<&SourceMessage>,
) -> Result<Taken, InternalError> {
    take(app, &Coming { arrival, source, network: &arrival.address, counts: true }).await
}

async fn take(app: &App, coming: &Coming<'_>) -> Result<Taken, InternalError> {
    let (begun, arrival) = (Instant::now(), coming.arrival);
    let key = app.encryption.chat_key(arrival.door, &arrival.address);
    let _lock = app.chat_locks.enter(&key).await;
    for _ in 0..ATTEMPTS {
        let taken = attempt(app, coming, &key).await.map_err(|error| InternalError::new("take a turn", error))?;
        if let Some(taken) = taken {
            metrics::turn(arrival.door.name(), begun.elapsed());
            return Ok(taken);
        }
    }
    Err(InternalError::new("take a turn", "the chat was saved by others again and again"))
}

/// What a new person would be answered; nothing is saved.
pub fn preview(app: &App, turn_input: &TurnInput) -> Vec<Message> {
    let now = app.clock.now();
    let knowledge = app.live.now();
    decide(&knowledge, &Chat::default(), turn_input, now).messages
}

/// One try; nothing if another replica saved the chat first.
async fn attempt(app: &App, coming: &Coming<'_>, key: &ChatKey) -> Result<Option<Taken>, StoreError> {
    let (now, arrival) = (app.clock.now(), coming.arrival);
    let stored = app.lookups.ask(&app.db, Lookup(key.clone())).await?;
    let (minute, rate_decision) = rate_decision(app, arrival, coming.source, &stored, now);
    let stored = StoredChat { minute, ..stored };
    let chat = decrypted(app, key, &stored);
    let mut decision = match rate_decision {
        RateDecision::Answered => decide(&app.live.now(), &chat, &arrival.turn_input, now),
        RateDecision::TooFast(seconds) => told_to_wait(arrival, chat, seconds),
        // Not even noted: a flood of messages costs no commit.
        RateDecision::Silent => return Ok(Some(Taken::Replied(Vec::new()))),
    };
    copy_of_chat::fill(app, arrival.door, key, &stored, &mut decision.messages).await?;
    let before = exchanges(app, arrival, key).await?;
    let forgotten = decision.events.contains(&Event::Forgotten);
    let message = coming.source.map(|source| Hashed::of(&app.encryption, key, source));
    let asker = asker(app, arrival.door, coming.network, now);
    let (began, stored) = counting(stored, coming.counts, app.day(now));
    let turn_write =
        TurnWrite { message, asker, began, ..turn_write(app, arrival, key, &stored, before, &decision, now) };
    let written = app.turn_commits.ask(&app.db, turn_write).await?;
    Ok(match written {
        TurnOutcome::Seen => Some(Taken::Seen),
        TurnOutcome::Overtaken => None,
        TurnOutcome::Saved => {
            app.outbox_ready.notify_one();
            measure(&decision.events);
            if forgotten {
                app.erased.notify_one();
            }
            if decision.events.iter().any(Event::is_for_a_person) {
                app.question_left.notify_one();
            }
            let retracted = decision.events.contains(&Event::Retracted);
            Some(match (forgotten, retracted) {
                (true, _) => Taken::Forgotten(decision.messages),
                (false, true) => Taken::Retracted(decision.messages),
                (false, false) => Taken::Replied(decision.messages),
            })
        }
    })
}

/// The one reply to a chat above the rate limit.
fn told_to_wait(arrival: &Arrival, chat: Chat, seconds: i64) -> Decision {
    let lang = chat.lang.or(arrival.turn_input.proposed).unwrap_or_else(Lang::first);
    Decision { messages: vec![too_many(lang, seconds)], chat, events: Vec::new() }
}

/// Everything that is to be written of a turn.
fn turn_write(
    app: &App,
    arrival: &Arrival,
    key: &ChatKey,
    stored: &StoredChat,
    before: Vec<Exchange>,
    decision: &Decision,
    now: DateTime<Utc>,
) -> TurnWrite {
    let forgotten = decision.events.contains(&Event::Forgotten);
    let retracted = decision.events.contains(&Event::Retracted);
    let version = if forgotten { 0 } else { stored.version + 1 };
    let first = RowId { chat: key.clone(), seq: version * PLACES };
    let lang = decision.chat.lang.or(arrival.turn_input.proposed).unwrap_or_else(Lang::first);
    TurnWrite {
        key: key.clone(),
        update: arrival.update.clone(),
        message: None,
        began: false,
        chat: (!forgotten).then(|| encrypted(app, key, &decision.chat, stored)),
        ends_at: ends_at(arrival.door, now),
        queued: handoff::queued(app, &way_back(app, arrival, key, now), &decision.events),
        events: decision.events.clone(),
        outbox_messages: match arrival.door {
            Door::Telegram => deliver::sealed(app, &first, &arrival.return_to, &decision.messages, retracted),
            Door::Web | Door::Terminal => Vec::new(),
        },
        transcript: match arrival.door {
            // The page keeps the exchanges that are not about the discreet matter, or shows a greeting.
            Door::Web if retracted => Some(transcript::without_discreet(app, key, before)),
            // After erasing, the page shows the reply once and keeps nothing.
            Door::Web if !forgotten => {
                Some(transcript::sealed(app, key, before, &arrival.turn_input.input, lang, &decision.messages))
            }
            Door::Web | Door::Telegram | Door::Terminal => None,
        },
        occasion: occasion(app, arrival.door, stored, &decision.chat, now),
        asker: String::new(),
        now,
    }
}

/// A keyed hash for limits of a day. It changes every day, so it links neither two days nor a chat.
fn asker(app: &App, door: Door, network: &str, now: DateTime<Utc>) -> String {
    app.encryption.hash("asks on a day", &format!("{} {}:{network}", app.day(now), door.name()))
}

/// The person's chat and address for later.
fn way_back<'a>(app: &App, arrival: &'a Arrival, key: &'a ChatKey, now: DateTime<Utc>) -> Way<'a> {
    Way { chat: key, later: arrival.later.as_ref(), revision: app.live.now().revision, now }
}

fn occasion(app: &App, door: Door, stored: &StoredChat, chat: &Chat, now: DateTime<Utc>) -> Occasion {
    Occasion {
        day: app.day(now),
        hour: app.hour(now),
        door,
        lang: chat.lang,
        municipality: chat.municipality.clone(),
        last_day: stored.last_day,
    }
}

fn measure(events: &[Event]) {
    for event in events {
        if let Event::Message { lang, outcome } = event {
            metrics::verdict(lang.code(), outcome.name());
        }
    }
}

/// When a web or terminal chat ends: nobody can come back to it later. A Telegram chat has no such end.
fn ends_at(door: Door, now: DateTime<Utc>) -> Option<i64> {
    match door {
        Door::Telegram => None,
        Door::Web | Door::Terminal => Some((now + WEB_CHAT).timestamp()),
    }
}

/// The exchanges that the page shows already; other doors show them themselves.
async fn exchanges(app: &App, arrival: &Arrival, key: &ChatKey) -> Result<Vec<Exchange>, StoreError> {
    match arrival.door {
        Door::Web => transcript::load(app, key).await,
        Door::Telegram | Door::Terminal => Ok(Vec::new()),
    }
}

/// The outcome of the pure part of a turn.
struct Decision {
    chat: Chat,
    events: Vec<Event>,
    messages: Vec<Message>,
}

/// The pure part. A panic in it does not affect other chats: it becomes an internal error with a code, and an apology.
fn decide(knowledge: &Knowledge, chat: &Chat, turn_input: &TurnInput, now: DateTime<Utc>) -> Decision {
    let decision = catch_unwind(AssertUnwindSafe(|| {
        let turn = respond(knowledge, chat, turn_input, now);
        let messages = turn.replies.iter().flat_map(|reply| wording(knowledge, reply, now));
        let messages = messages.map(|message| Message { discreet: turn.discreet, ..message }).collect();
        Decision { chat: turn.chat, events: turn.events, messages }
    }));
    decision.unwrap_or_else(|_| {
        let fault = InternalError::new("respond", "panic; its place stands in the line before");
        let lang = chat.lang.or(turn_input.proposed).unwrap_or_else(Lang::first);
        Decision { chat: chat.clone(), events: Vec::new(), messages: vec![apology(lang, fault.code())] }
    })
}
