//! Updates that were taken already, so that one that comes twice is answered once.

use chrono::NaiveDate;

use super::db::{StoreError, Tx, on_tx};

/// Notes an update; false where it has been noted before.
///
/// # Errors
/// Where the database does not answer.
pub async fn first_sight(tx: &mut Tx, source: &str, number: i64, day: NaiveDate) -> Result<bool, StoreError> {
    const SQL: &str =
        "INSERT INTO seen_updates (source, number, day) VALUES ($1, $2, $3) ON CONFLICT (source, number) DO NOTHING";
    let day = day.to_string();
    let rows = on_tx!(tx, c => async { sqlx::query(SQL).bind(source).bind(number).bind(day).execute(c).await.map(|done| done.rows_affected()) })?;
    Ok(rows == 1)
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
