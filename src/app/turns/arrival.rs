//! The input of a turn, as a door brings it.

use crate::bot::citizen::TurnInput;
use crate::domain::people::chat::Door;

/// An input from a door.
#[derive(Debug)]
pub struct Arrival {
    /// The door.
    pub door: Door,
    /// The person's address at that door; only its keyed hash is stored.
    pub address: String,
    /// The update's number, if the door may bring it twice.
    pub update: Option<UpdateId>,
    /// The input.
    pub turn_input: TurnInput,
    /// What the door needs to deliver the replies; encrypted in the outbox.
    pub return_to: serde_json::Value,
    /// The person's address for later messages, which answer no button or message; nothing if they cannot be reached.
    pub later: Option<serde_json::Value>,
}

/// Identifies an update: numbers are given out per bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateId {
    /// The bot that the number belongs to.
    pub source: String,
    /// The number.
    pub number: i64,
}
