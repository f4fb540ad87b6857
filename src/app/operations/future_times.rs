//! Ceilings for stored times: how far in the future each may be. If a clock was ahead and was then set back, nothing
//! waits or is kept for longer than its reason allows.

use chrono::TimeDelta;

use crate::app::imports::import_spreadsheet::KEPT as IMPORTS;
use crate::app::outbox::undelivered::KEPT as UNDELIVERED;
use crate::app::runtime::app::App;
use crate::app::staff::invite::INVITED;
use crate::app::staff::link_telegram::LINK_CODE;
use crate::app::staff::regain_access::NEW_PASSWORD;
use crate::app::staff_chat::DIALOGUE;
use crate::domain::inbox::question::KEPT as QUESTIONS;
use crate::domain::people::chat::MEMORY;
use crate::domain::unanswered::group::week_of;
use crate::store::operations::future_times::{Ceiling, Day, bring_back, bring_days_back};
use crate::store::{StoreError, Tx};

/// For times of past actions: never later than now.
const DONE: TimeDelta = TimeDelta::zero();

const fn ends(table: &'static str, column: &'static str, life: TimeDelta) -> Ceiling {
    Ceiling { table, column, most: life.num_seconds(), parts: 1 }
}

/// Every stored time by which something waits or is kept, except times in `outbox`, `jobs`, `replicas`,
/// `sign_in_tries` and `imports` whose readers already apply a ceiling. A test compares this with the schema.
pub const CEILINGS: &[Ceiling] = &[
    ends("chats", "memory_until", MEMORY),
    ends("chats", "ends_at", TimeDelta::seconds(MEMORY.num_seconds() * 2)),
    ends("transcripts", "expires_at", MEMORY),
    ends("shown_messages", "expires_at", MEMORY),
    ends("questions", "touched_at", DONE),
    ends("questions", "created_at", DONE),
    ends("questions", "expires_at", QUESTIONS),
    ends("wishes", "created_at", DONE),
    ends("wishes", "expires_at", QUESTIONS),
    Ceiling { parts: 1000, ..ends("outbox", "queued_ms", DONE) },
    ends("undelivered", "expires_at", UNDELIVERED),
    ends("staff_link_codes", "expires_at", LINK_CODE),
    ends("staff_links", "dialogue_until", DIALOGUE),
    ends("batches", "expires_at", IMPORTS),
    ends("invitations", "expires_at", INVITED),
    ends("password_links", "expires_at", NEW_PASSWORD),
    ends("sessions", "created_at", DONE),
    ends("sessions", "seen_at", DONE),
    ends("probes", "at", DONE),
];

/// The same for columns that hold a day.
pub const DAYS: &[Day] = &[
    Day { table: "chats", column: "last_day", weekly: false },
    Day { table: "seen_updates", column: "day", weekly: false },
    Day { table: "gaps", column: "last_week", weekly: true },
    Day { table: "gaps", column: "closed_week", weekly: true },
];

/// Reduces all times and days that are too far in the future to their ceilings.
pub(in crate::app) async fn hold(app: &App, tx: &mut Tx) -> Result<(), StoreError> {
    let now = app.clock.now();
    bring_back(tx, CEILINGS, now.timestamp()).await?;
    let today = app.day(now);
    bring_days_back(tx, DAYS, today, week_of(today)).await
}
