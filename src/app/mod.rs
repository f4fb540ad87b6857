//! Use cases: what the program does, one verb a file. Transactions begin only here.

mod content;
mod imports;
mod inbox;
mod offices;
mod open;
mod operations;
pub(crate) mod outbox;
pub mod runtime;
mod safety;
mod staff;
mod staff_chat;
mod turns;
mod unanswered;

pub use self::content::bring_back::bring_back;
pub use self::content::bulk_publish::{bulk_publish, publishing};
pub use self::content::edit_drafts::{discard, new_entry, save_draft, submit};
pub use self::content::edit_sources::save_source;
pub use self::content::propose_note::propose_note;
pub use self::content::publish::{Accepted, add_comment, publish, send_back};
pub use self::content::publishing::Publishing;
pub use self::content::try_out::{ChangedAnswer, Side, Tried, Verdict, try_out};
pub use self::content::verification::{CHECK_DAYS, has_written, native_read, source_changed, verify, withdraw};
pub use self::imports::import_pack::{ImportError, import_pack, import_starter, plan_import, starter};
pub use self::imports::import_spreadsheet::{
    confirm_import, drop_import, import_has_stopped, import_progress, import_report, restart_import, take_spreadsheet,
};
pub use self::inbox::notify_subscribers::notify_subscribers;
pub use self::inbox::questions::{
    OpenQuestion, answer_question, claim_question, close_question, entry_of_question, give_back_question,
    hand_question, move_question, open_question, open_questions, send_entry,
};
pub use self::offices::edit_municipality::{choose_overdue, new_municipality, save_municipality};
pub use self::offices::new_office::new_office;
pub use self::operations::backup::{BackupError, backup, restore};
pub use self::operations::edit_settings::{
    FEWEST_CHECK_DAYS, LONGEST_OPERATOR, MOST_CHECK_DAYS, PUBLIC_STATISTICS, change_settings, keep_questions,
    open_statistics, remove_question, set_operator,
};
pub use self::operations::future_times::{CEILINGS, DAYS};
pub use self::operations::heartbeat::{heartbeat, reach};
pub use self::operations::jobs::{Job, take_up};
pub use self::operations::key_fit::{KeyFitError, Opens, adopt_key, existing_key, fitting_key, would_open};
pub use self::operations::move_database::{MoveError, Moved, move_database};
pub use self::operations::personal_data::{BREACH, KEPT_DATA, KeptData, Life, RIGHTS};
pub use self::operations::probing::Readiness;
pub use self::operations::readiness::readiness;
pub use self::operations::retention::{LIVES, clean_up};
pub use self::operations::rotate_keys::{Patience, Rotated, Rotation, RotationError, rotate_keys};
pub use self::operations::telegram_health::TelegramHealth;
pub use self::operations::wipe::{wipe, wipe_again_and_again};
pub use self::outbox::backpressure::is_full;
pub use self::outbox::deliver::{Delivery, Later, OutboxMessage, Why, release, renew, settle_and_claim, wake};
pub use self::outbox::undelivered::{
    Cause, Decision, MAY_HAVE_ARRIVED, Meant, NO_KEY, TRIED_FOR_A_DAY, decide, decide_undelivered, undelivered,
};
pub use self::runtime::app::{App, OpenError};
pub use self::runtime::app_error::{AppError, refusal_in_words};
pub use self::runtime::internal_error::{InternalError, Lasting};
pub use self::runtime::listener::listen;
pub use self::safety::edit_danger::{
    LONGEST_EXAMPLE, LONGEST_HELP, add_danger_example, add_danger_words, remove_danger_example, remove_danger_words,
    set_line_of_help, turn_danger_pattern,
};
pub use self::staff::audit::COMMAND_LINE;
pub use self::staff::edit_accounts::{
    change_names, change_password, change_role, change_shown_as, end_account, end_sessions,
};
pub use self::staff::edit_second_factor::{RECOVERY_CODES, new_recovery_codes, second_factor_off, second_factor_on};
pub use self::staff::invite::{
    Chosen, INVITED, accept_invitation, invitation, invite, invite_first, open_invitations, take_back_invitation,
};
pub use self::staff::link_telegram::{LINK_CODE, change_reminders, make_link_code, unlink_telegram};
pub use self::staff::password::SHORTEST as SHORTEST_PASSWORD;
pub use self::staff::proof::Proof;
pub use self::staff::regain_access::{
    NEW_PASSWORD, choose_password, done_to_account, lost_factor_off, lost_factor_off_of, make_password_link,
    password_link, password_link_of,
};
pub use self::staff::sign_in::{
    Credentials, DEVICE, IDLE, LONGEST, device, device_name, owner_of_session, sign_in, sign_out, signed_in,
};
pub use self::staff::totp::SecondFactor;
pub use self::staff::typed_code::typed_code_in;
pub use self::staff_chat::{Spoken, StaffTurnOutcome, explain_anonymous, take_staff_turn, take_staff_turn_of};
pub use self::turns::arrival::{Arrival, UpdateId};
pub use self::turns::copy_of_chat::copy_of_chat;
pub use self::turns::count_chat::count_chat;
pub use self::turns::forget_chat::forget_chat;
pub use self::turns::source_message::SourceMessage;
pub use self::turns::take_turn::{Taken, preview, take_turn, take_turn_from, take_turn_of};
pub use self::turns::transcript::{Exchange, Shown, transcript};
pub use self::unanswered::close::{Closing, close_unanswered, taught_text, teach};
pub use self::unanswered::grouping::group_unanswered;
