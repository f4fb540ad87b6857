//! The verbs: what the program does, each in one transaction. Only here transactions begin.

mod clean_up;
mod deliver;
mod fault;
mod forget_chat;
mod house;
mod import_pack;
mod lanes;
mod take_turn;
mod transcript;

pub use clean_up::clean_up;
pub use deliver::{Parcel, claim, delivered, release, try_again, unreachable};
pub use fault::Fault;
pub use forget_chat::forget_chat;
pub use house::{House, NoHouse};
pub use import_pack::{import_pack, import_starter};
pub use take_turn::{Arrival, Taken, UpdateId, preview, take_turn};
pub use transcript::{Exchange, Shown, transcript};
