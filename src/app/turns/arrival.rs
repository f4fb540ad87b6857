//! What comes in by a door.

use crate::bot::citizen::TurnInput;
use crate::domain::people::chat::Door;

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
    pub turn_input: TurnInput,
    /// What the door needs to deliver the replies; sealed in the outbox.
    pub return_to: serde_json::Value,
    /// Where the person is reached later, when nothing is pressed or answered any more; nothing where they are not.
    pub later: Option<serde_json::Value>,
}

/// An update's name: numbers are given out per bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateId {
    /// Who gave the number.
    pub source: String,
    /// The number.
    pub number: i64,
}
