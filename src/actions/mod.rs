//! The verbs: what the program does, each in one transaction. Only here transactions begin.

mod announce;
mod at_desk;
mod audit;
mod backup;
mod ceilings;
mod clean_up;
mod close_gap;
mod copy_of_chat;
mod count_chat;
mod deliver;
mod fault;
mod forget_chat;
mod fullness;
mod gather;
mod group_gaps;
mod hearing;
mod heartbeat;
mod house;
mod import_pack;
mod import_table;
mod invite;
mod jobs;
mod keep_danger;
mod keep_factor;
mod keep_municipality;
mod keep_settings;
mod keep_sources;
mod keep_staff;
mod key_fit;
mod key_of_name;
mod lanes;
mod ledger;
mod link_telegram;
mod listen;
mod move_database;
mod new_office;
mod password;
mod personal_data;
mod propose;
mod propose_note;
mod prove;
mod publish;
mod publish_many;
mod questions;
mod queue;
mod readiness;
mod regain_access;
mod remind;
mod rights;
mod rotate_keys;
mod second_factor;
mod sign_in;
mod source_message;
mod stand_behind;
mod tables_at_work;
mod take_turn;
mod telegram_health;
mod tell_wishes;
mod throttle;
mod to_person;
mod transcript;
mod trouble;
mod try_out;
mod typed_code;
mod undelivered;
mod wipe;
mod write;

pub use at_desk::{AtDesk, Spoken, at_desk, at_desk_of, explain_anonymous};
pub use audit::COMMAND_LINE;
pub use backup::{NoBackup, backup, restore};
pub use ceilings::{CEILINGS, DAYS};
pub use clean_up::{LIVES, clean_up};
pub use close_gap::{Closing, close_gap, taught_text, teach};
pub use copy_of_chat::copy_of_chat;
pub use count_chat::count_chat;
pub use deliver::{Fate, Later, Parcel, Why, hand_in, release, renew, wake};
pub use fault::{Fault, Lasting};
pub use forget_chat::forget_chat;
pub use fullness::is_full;
pub use group_gaps::group_gaps;
pub use heartbeat::{heartbeat, reach};
pub use house::{House, NoHouse};
pub use import_pack::{NotImported, import_pack, import_starter, plan_import, starter};
pub use import_table::{
    confirm_table, drop_table, restart_table, table_has_stopped, table_progress, table_report, take_table,
};
pub use invite::{
    Chosen, INVITED, accept_invitation, invitation, invite, invite_first, open_invitations, take_back_invitation,
};
pub use jobs::{Job, take_up};
pub use keep_danger::{LONGEST_HELP, add_danger_words, remove_danger_words, set_line_of_help, turn_danger_pattern};
pub use keep_factor::{RECOVERY_CODES, new_recovery_codes, second_factor_off, second_factor_on};
pub use keep_municipality::{choose_overdue, new_municipality, save_municipality};
pub use keep_settings::{
    FEWEST_CHECK_DAYS, LONGEST_OPERATOR, MOST_CHECK_DAYS, PUBLIC_STATISTICS, change_settings, keep_questions,
    open_statistics, remove_question, set_operator,
};
pub use keep_sources::save_source;
pub use keep_staff::{change_names, change_password, change_role, change_shown_as, end_account, end_sessions};
pub use key_fit::{KeyMisfit, Opens, adopt_key, existing_key, fitting_key, would_open};
pub use link_telegram::{LINK_CODE, change_reminders, make_link_code, unlink_telegram};
pub use listen::listen;
pub use move_database::{Moved, NotMoved, move_database};
pub use new_office::new_office;
pub use password::SHORTEST as SHORTEST_PASSWORD;
pub use personal_data::{BREACH, KEPT_DATA, KeptData, Life, RIGHTS};
pub use propose_note::propose_note;
pub use prove::Proof;
pub use publish::{Accepted, add_comment, publish, send_back};
pub use publish_many::{Publishing, publish_many, publishing};
pub use questions::{
    OpenQuestion, answer_question, claim_question, close_question, entry_of_question, give_back_question,
    hand_question, move_question, open_question, open_questions, send_entry,
};
pub use readiness::{Readiness, readiness};
pub use regain_access::{
    NEW_PASSWORD, choose_password, done_to_account, lost_factor_off, lost_factor_off_of, make_password_link,
    password_link, password_link_of,
};
pub use rotate_keys::{NotRotated, Patience, Rotated, Rotation, rotate_keys};
pub use second_factor::SecondFactor;
pub use sign_in::{
    Credentials, DEVICE, IDLE, LONGEST, device, device_name, owner_of_session, sign_in, sign_out, signed_in,
};
pub use source_message::SourceMessage;
pub use stand_behind::{CHECK_DAYS, has_written, source_changed, still_correct, withdraw};
pub use take_turn::{Arrival, Taken, UpdateId, preview, take_turn, take_turn_from, take_turn_of};
pub use telegram_health::TelegramHealth;
pub use tell_wishes::tell_wishes;
pub use transcript::{Exchange, Shown, transcript};
pub use trouble::{Trouble, refusal_in_words};
pub use try_out::{ChangedAnswer, Side, Tried, Verdict, try_out};
pub use typed_code::typed_code_in;
pub use undelivered::{
    Cause, Decision, MAY_HAVE_ARRIVED, Meant, NO_KEY, TRIED_FOR_A_DAY, decide, decide_undelivered, undelivered,
};
pub use wipe::{wipe, wipe_again_and_again};
pub use write::{bring_back, discard, new_entry, save_draft, submit};
