//! Ceilings: how far ahead a time that is stored may lie. A clock that was ahead and has been set back since makes nothing wait, or
//! be kept, for longer than its reason allows.

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

/// When something was done: never later than now.
const DONE: TimeDelta = TimeDelta::zero();

const fn ends(table: &'static str, column: &'static str, life: TimeDelta) -> Ceiling {
    Ceiling { table, column, most: life.num_seconds(), parts: 1 }
}

/// Every time by which something is waited for or kept, but for those that whoever reads them holds against a ceiling already:
/// of `outbox`, `jobs`, `replicas`, `sign_in_tries` and `imports`. A test holds this against the schema.
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

/// The same for days.
pub const DAYS: &[Day] = &[
    Day { table: "chats", column: "last_day", weekly: false },
    Day { table: "seen_updates", column: "day", weekly: false },
    Day { table: "gaps", column: "last_week", weekly: true },
    Day { table: "gaps", column: "closed_week", weekly: true },
];

/// Brings everything back that lies too far ahead.
pub(in crate::app) async fn hold(app: &App, tx: &mut Tx) -> Result<(), StoreError> {
    let now = app.clock.now();
    bring_back(tx, CEILINGS, now.timestamp()).await?;
    let today = app.day(now);
    bring_days_back(tx, DAYS, today, week_of(today)).await
}
