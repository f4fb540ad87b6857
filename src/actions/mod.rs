//! The verbs: what the program does, each in one transaction. Only here transactions begin.

mod audit;
mod clean_up;
mod deliver;
mod fault;
mod forget_chat;
mod heartbeat;
mod house;
mod import_pack;
mod invite;
mod keep_sources;
mod keep_staff;
mod lanes;
mod password;
mod publish;
mod second_factor;
mod sign_in;
mod take_turn;
mod throttle;
mod transcript;
mod trouble;
mod try_out;
mod write;

pub use clean_up::clean_up;
pub use deliver::{Parcel, claim, delivered, release, try_again, unreachable};
pub use fault::Fault;
pub use forget_chat::forget_chat;
pub use heartbeat::{heartbeat, reach};
pub use house::{House, NoHouse};
pub use import_pack::{import_pack, import_starter};
pub use invite::{Chosen, INVITED, accept_invitation, invitation, invite};
pub use keep_sources::save_source;
pub use keep_staff::{
    change_names, change_password, change_role, end_account, end_sessions, second_factor_off, second_factor_on,
};
pub use password::SHORTEST as SHORTEST_PASSWORD;
pub use publish::{Accepted, CHECK_DAYS, add_comment, publish, send_back, source_changed, still_correct, withdraw};
pub use second_factor::SecondFactor;
pub use sign_in::{Credentials, IDLE, LONGEST, sign_in, sign_out, signed_in};
pub use take_turn::{Arrival, Taken, UpdateId, preview, take_turn};
pub use transcript::{Exchange, Shown, transcript};
pub use trouble::Trouble;
pub use try_out::{Moved, Side, Tried, Verdict, try_out};
pub use write::{bring_back, discard, new_entry, save_draft, submit};
