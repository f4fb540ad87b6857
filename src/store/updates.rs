//! Updates that were taken already, so that one that comes twice is answered once.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::db::{StoreError, Tx, on_tx};
use super::many::{self, Value};

/// Notes updates, by who gave the number and the number; those that have not been noted before.
///
/// # Errors
/// Where the database does not answer.
pub async fn first_sight(
    tx: &mut Tx,
    updates: &[(&str, i64)],
    day: NaiveDate,
) -> Result<BTreeSet<(String, i64)>, StoreError> {
    const HEAD: &str = "INSERT INTO seen_updates (source, number, day)";
    const END: &str = "ON CONFLICT (source, number) DO NOTHING RETURNING source, number";
    let day = day.to_string();
    let row = |(source, number)| [Value::Text(source), Value::Whole(number), Value::Text(&day)];
    let rows: Vec<_> = updates.iter().copied().map(row).collect();
    Ok(many::insert(tx, HEAD, &rows, END).await?.into_iter().collect())
}

/// Takes back that an update was noted: its turn was not saved.
///
/// # Errors
/// Where the database does not answer.
pub async fn unsee(tx: &mut Tx, source: &str, number: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM seen_updates WHERE source = $1 AND number = $2";
    on_tx!(tx, c => async { sqlx::query(SQL).bind(source).bind(number).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Drops updates of days before `day`: Telegram repeats none for more than a day.
///
/// # Errors
/// Where the database does not answer.
pub async fn drop_before(tx: &mut Tx, day: NaiveDate) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM seen_updates WHERE day < $1";
    let day = day.to_string();
    on_tx!(tx, c => async { sqlx::query(SQL).bind(day).execute(c).await.map(|_| ()) })?;
    Ok(())
}
