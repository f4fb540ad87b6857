//! Deletes what has served its time, and wipes it from the database's files.

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

/// Update numbers are kept so many days: Telegram repeats none for more than one.
pub(in crate::app) const UPDATES: TimeDelta = TimeDelta::days(3);
/// A question without an answer that nobody has asked for so many days is dropped.
pub(in crate::app) const UNANSWERED: TimeDelta = TimeDelta::days(90);
/// So many of those that nobody has judged are kept at the most: whoever writes nonsense all day must not fill the disk.
const MOST_UNANSWERED: i64 = 5000;

/// Programs that have not tried to write for so long do not answer any more.
const PROBES: TimeDelta = TimeDelta::hours(1);

/// Every end that something kept has, by the name under which docs/retention.md states it: a test holds its table against these
/// and against the schema. Whatever is kept of people and has an end of its own gets its line here and there.
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

/// Drops memories and transcripts that are over, old update numbers, and chats long silent.
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
