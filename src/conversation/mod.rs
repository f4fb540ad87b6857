//! What to say: pure, without clock, database, network or chance.
//!
//! `respond` turns what was said into replies (meaning); `wording` turns replies into messages (words and buttons);
//! each door paints messages its own way.

mod answer;
mod browse;
mod buttons;
pub mod desk;
mod handoff;
pub mod message;
mod offices;
pub mod reply;
mod respond;
mod safety;
pub mod said;
pub mod talk_file;
mod turn;
mod unanswered;
mod wording;

pub use desk::{DeskButton, DeskSaid};
pub use message::Message;
pub use reply::Reply;
pub use respond::respond;
pub use safety::is_always_heard;
pub use said::{Button, Command, Heard, Link, Media, Said};
pub use turn::Turn;
pub use wording::{apology, command_phrase, danger_phrase, preview, standing_label, too_many, wording};
