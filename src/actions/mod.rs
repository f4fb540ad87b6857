//! The verbs: what the program does, each in one transaction. Only here transactions begin.

mod announce;
mod at_desk;
mod audit;
mod backup;
mod clean_up;
mod deliver;
mod fault;
mod forget_chat;
mod heartbeat;
mod house;
mod import_pack;
mod import_table;
mod invite;
mod jobs;
mod keep_municipality;
mod keep_settings;
mod keep_sources;
mod keep_staff;
mod key_of_name;
mod lanes;
mod ledger;
mod link_telegram;
mod move_database;
mod new_office;
mod password;
mod propose_note;
mod publish;
mod questions;
mod queue;
mod remind;
mod second_factor;
mod sign_in;
mod tables_at_work;
mod take_turn;
mod tell_wishes;
mod throttle;
mod to_person;
mod transcript;
mod trouble;
mod try_out;
mod write;

pub use at_desk::{AtDesk, Spoken, at_desk};
pub use backup::{NoBackup, backup, restore};
pub use clean_up::clean_up;
pub use deliver::{Fate, Parcel, hand_in, release, renew};
pub use fault::Fault;
pub use forget_chat::forget_chat;
pub use heartbeat::{heartbeat, reach};
pub use house::{House, NoHouse};
pub use import_pack::{import_pack, import_starter};
pub use import_table::{
    confirm_table, drop_table, restart_table, table_has_stopped, table_progress, table_report, take_table,
};
pub use invite::{Chosen, INVITED, accept_invitation, invitation, invite, invite_first};
pub use jobs::{Job, take_up};
pub use keep_municipality::{new_municipality, save_municipality};
pub use keep_settings::{FEWEST_CHECK_DAYS, MOST_CHECK_DAYS, change_settings, keep_questions, remove_question};
pub use keep_sources::save_source;
pub use keep_staff::{
    change_names, change_password, change_role, end_account, end_sessions, second_factor_off, second_factor_on,
};
pub use link_telegram::{LINK_CODE, change_reminders, make_link_code, unlink_telegram};
pub use move_database::{Moved, NotMoved, move_database};
pub use new_office::new_office;
pub use password::SHORTEST as SHORTEST_PASSWORD;
pub use propose_note::propose_note;
pub use publish::{Accepted, CHECK_DAYS, add_comment, publish, send_back, source_changed, still_correct, withdraw};
pub use questions::{
    OpenQuestion, answer_question, claim_question, close_question, entry_of_question, give_back_question,
    hand_question, move_question, open_question, open_questions, send_entry,
};
pub use second_factor::SecondFactor;
pub use sign_in::{Credentials, IDLE, LONGEST, sign_in, sign_out, signed_in};
pub use take_turn::{Arrival, Taken, UpdateId, preview, take_turn};
pub use tell_wishes::tell_wishes;
pub use transcript::{Exchange, Shown, transcript};
pub use trouble::{Trouble, refusal_in_words};
pub use try_out::{ChangedAnswer, Side, Tried, Verdict, try_out};
pub use write::{bring_back, discard, new_entry, save_draft, submit};
