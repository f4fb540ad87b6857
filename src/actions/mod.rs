//! The verbs: what the program does, each in one transaction. Only here transactions begin.

mod backup;
mod clean_up;
mod deliver;
mod fault;
mod forget_chat;
mod house;
mod import_pack;
mod jobs;
mod lanes;
mod ledger;
mod move_database;
mod take_turn;
mod transcript;

pub use backup::{NoBackup, backup, restore};
pub use clean_up::clean_up;
pub use deliver::{Fate, Parcel, hand_in, release, renew};
pub use fault::Fault;
pub use forget_chat::forget_chat;
pub use house::{House, NoHouse};
pub use import_pack::{import_pack, import_starter};
pub use jobs::{Job, take_up};
pub use move_database::{Moved, NotMoved, move_database};
pub use take_turn::{Arrival, Taken, UpdateId, preview, take_turn};
pub use transcript::{Exchange, Shown, transcript};
