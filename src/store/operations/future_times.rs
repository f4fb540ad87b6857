//! Times that lie further ahead than their reason allows: a clock that has been set back since has written them.

use chrono::NaiveDate;
use sqlx::AssertSqlSafe;

use crate::store::db::{StoreError, Tx, run};

/// Clocks of replicas may differ by so many seconds.
const APART: i64 = 10;

/// A column of times, and how far ahead they may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceiling {
    /// Its table.
    pub table: &'static str,
    /// The column itself.
    pub column: &'static str,
    /// So many seconds from now at the most.
    pub most: i64,
    /// In how many parts a second is counted there.
    pub parts: i64,
}

/// A column of days, `YYYY-MM-DD`, none of which lies ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its table.
    pub table: &'static str,
    /// The column itself.
    pub column: &'static str,
    /// Whether a day stands for its week, by the Monday.
    pub weekly: bool,
}

/// Brings times that lie too far ahead of `now` (seconds since 1970) back to as far as they may lie.
pub async fn bring_back(tx: &mut Tx, ceilings: &[Ceiling], now: i64) -> Result<(), StoreError> {
    for Ceiling { table, column, most, parts } in ceilings {
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {column} > $2");
        run!(tx, AssertSqlSafe(sql.clone()), (now + most) * parts, (now + most + APART) * parts);
    }
    Ok(())
}

/// Brings days that lie ahead back to `today`, or to its week, `monday`.
pub async fn bring_days_back(tx: &mut Tx, days: &[Day], today: NaiveDate, monday: NaiveDate) -> Result<(), StoreError> {
    for Day { table, column, weekly } in days {
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {column} > $1");
        run!(tx, AssertSqlSafe(sql.clone()), if *weekly { monday } else { today }.to_string());
    }
    Ok(())
}
