//! The conversation with people: decides replies and words them. Pure: no clock, database, network or chance.
//!
//! `respond` turns an input into replies (their meaning); `wording` turns replies into messages (words and buttons);
//! each door renders messages in its own markup.

mod answer;
mod browse;
mod buttons;
mod handoff;
pub mod input;
mod offices;
mod parts;
pub mod reply;
mod requests;
mod respond;
mod safety;
mod turn;
mod unanswered;
mod wording;

pub use self::input::{Button, Command, Input, Link, Media, TurnInput};
pub use self::reply::Reply;
pub use self::respond::respond;
pub use self::safety::is_always_heard;
pub use self::turn::Turn;
pub use self::wording::{apology, command_phrase, danger_phrase, preview, status_label, too_many, wording};
pub use super::message::Message;
pub use super::staff::input::{StaffButton, StaffInput};
