//! Cleaning up: what has served is dropped.

use chrono::TimeDelta;

use super::fault::Fault;
use super::house::House;
use super::questions::put_in_order;
use super::sign_in::{IDLE, LONGEST};
use crate::store::{
    StoreError, accounts, batches, chats, gaps, sessions, sign_in_tries, staff_links, transcripts, updates, wishes,
};

/// A chat that was silent for so many days is dropped.
const SILENT_CHATS: TimeDelta = TimeDelta::days(180);
/// Update numbers are kept so many days: Telegram repeats none for more than one.
const UPDATES: TimeDelta = TimeDelta::days(3);
/// A question without an answer that nobody has asked for so many days is dropped.
const GAPS: TimeDelta = TimeDelta::days(90);
/// So many of them are kept at the most: whoever writes nonsense all day must not fill the disk.
const MOST_GAPS: i64 = 5000;

/// Drops memories and transcripts that are over, old update numbers, and chats long silent.
///
/// # Errors
/// Where the database does not answer.
pub async fn clean_up(house: &House) -> Result<(), Fault> {
    run(house).await.map_err(|error| Fault::new("clean up", error))
}

async fn run(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin().await?;
    chats::drop_old(&mut tx, now.timestamp(), house.day(now - SILENT_CHATS)).await?;
    transcripts::drop_expired(&mut tx, now.timestamp()).await?;
    updates::drop_before(&mut tx, house.day(now - UPDATES)).await?;
    sessions::drop_old(&mut tx, (now - LONGEST).timestamp(), (now - IDLE).timestamp()).await?;
    accounts::drop_expired(&mut tx, now.timestamp()).await?;
    batches::drop_expired(&mut tx, now.timestamp()).await?;
    sign_in_tries::drop_free(&mut tx, now.timestamp()).await?;
    gaps::drop_old(&mut tx, house.day(now - GAPS), MOST_GAPS).await?;
    staff_links::drop_expired(&mut tx, now.timestamp()).await?;
    wishes::drop_expired(&mut tx, now.timestamp()).await?;
    tx.commit().await?;
    put_in_order(house).await
}
