//! Retention: deletes rows whose retention period is over, and wipes them from the database's files.
//!
//! The retention period of each kind of data is a constant; `LIVES` lists them all, and `docs/retention.md` says which
//! one applies to every table and column. The clean-up job first reduces times that a wrong clock put too far ahead
//! (`future_times`), then deletes what has expired, then wipes the SQLite file and its log, where deleted rows would
//! otherwise remain readable.

use chrono::TimeDelta;

use super::future_times::hold;
use super::wipe::wipe;
use crate::app::imports::import_spreadsheet::KEPT as IMPORTS;
use crate::app::inbox::questions::put_in_order;
use crate::app::outbox::undelivered::KEPT as UNDELIVERED;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff::invite::INVITED;
use crate::app::staff::regain_access::NEW_PASSWORD;
use crate::app::staff::sign_in::{IDLE, LONGEST, tell_failed};
use crate::domain::inbox::question::{CLAIM, KEPT as QUESTIONS};
use crate::domain::people::chat::{MEMORY, SILENCE};
use crate::store::StoreError;
use crate::store::chats::{self, shown_messages, transcripts, updates};
use crate::store::imports::spreadsheets;
use crate::store::inbox::subscriptions;
use crate::store::operations::probes;
use crate::store::outbox::undelivered;
use crate::store::staff::{invitations, password_links, sessions, sign_in_tries, telegram_links};
use crate::store::unanswered::{groups, recording};

/// Retention of update numbers: Telegram repeats none for more than one day.
pub(in crate::app) const UPDATES: TimeDelta = TimeDelta::days(3);
/// Retention of unanswered words that nobody has asked again.
pub(in crate::app) const UNANSWERED: TimeDelta = TimeDelta::days(90);
/// Most unanswered words kept without a decision, so that nonsense cannot fill the disk.
const MOST_UNANSWERED: i64 = 5000;

/// A program that has not written its probe for this long counts as gone.
const PROBES: TimeDelta = TimeDelta::hours(1);

/// Every retention period, by its name in docs/retention.md. A test compares that table with these and with the schema.
/// New personal data with a retention period needs a line here and there.
pub const LIVES: &[(&str, TimeDelta)] = &[
    ("SILENCE", SILENCE),
    ("MEMORY", MEMORY),
    ("QUESTIONS", QUESTIONS),
    ("CLAIM", CLAIM),
    ("GAPS", UNANSWERED),
    ("UPDATES", UPDATES),
    ("UNDELIVERED", UNDELIVERED),
    ("PROBES", PROBES),
    ("BATCHES", IMPORTS),
    ("INVITED", INVITED),
    ("NEW_PASSWORD", NEW_PASSWORD),
    ("IDLE", IDLE),
    ("LONGEST", LONGEST),
];

/// Deletes everything whose retention period is over, and wipes the files.
pub async fn clean_up(app: &App) -> Result<(), InternalError> {
    run(app).await.map_err(|error| InternalError::new("clean up", error))?;
    wipe(app).await?;
    Ok(())
}

async fn run(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    hold(app, &mut tx).await?;
    chats::drop_old(&mut tx, now.timestamp(), app.day(now - SILENCE)).await?;
    transcripts::drop_expired(&mut tx, now.timestamp()).await?;
    updates::drop_before(&mut tx, app.day(now - UPDATES)).await?;
    sessions::drop_old(&mut tx, (now - LONGEST).timestamp(), (now - IDLE).timestamp()).await?;
    invitations::drop_expired(&mut tx, now.timestamp()).await?;
    password_links::drop_expired(&mut tx, now.timestamp()).await?;
    spreadsheets::drop_expired(&mut tx, now.timestamp()).await?;
    shown_messages::drop_expired(&mut tx, now.timestamp()).await?;
    sign_in_tries::drop_free(&mut tx, now.timestamp()).await?;
    tell_failed(app, &mut tx).await?;
    groups::drop_old(&mut tx, app.day(now - UNANSWERED), MOST_UNANSWERED).await?;
    recording::drop_others(&mut tx, app.day(now)).await?;
    telegram_links::drop_expired(&mut tx, now.timestamp()).await?;
    undelivered::drop_expired(&mut tx, now.timestamp()).await?;
    subscriptions::drop_expired(&mut tx, now.timestamp()).await?;
    probes::drop_old(&mut tx, (now - PROBES).timestamp()).await?;
    tx.commit().await?;
    put_in_order(app).await
}
