//! Corrects times further ahead than their purpose allows: a clock that has been set back since wrote them.

use chrono::NaiveDate;
use sqlx::AssertSqlSafe;

use crate::store::db::{StoreError, Tx, run};

/// By how many seconds the clocks of replicas may differ.
const APART: i64 = 10;

/// A column of times, and how far ahead they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceiling {
    /// Its table.
    pub table: &'static str,
    /// The column itself.
    pub column: &'static str,
    /// The most seconds ahead of now.
    pub most: i64,
    /// How many units of the column make a second.
    pub parts: i64,
}

/// A column of days, `YYYY-MM-DD`, none of which may be in the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its table.
    pub table: &'static str,
    /// The column itself.
    pub column: &'static str,
    /// Whether a day represents its week, as the Monday.
    pub weekly: bool,
}

/// Sets times that are too far ahead of `now` (seconds since 1970) to the latest time allowed.
pub async fn bring_back(tx: &mut Tx, ceilings: &[Ceiling], now: i64) -> Result<(), StoreError> {
    for Ceiling { table, column, most, parts } in ceilings {
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {column} > $2");
        run!(tx, AssertSqlSafe(sql.clone()), (now + most) * parts, (now + most + APART) * parts);
    }
    Ok(())
}

/// Sets future days to `today`, or to the Monday of its week, `monday`.
pub async fn bring_days_back(tx: &mut Tx, days: &[Day], today: NaiveDate, monday: NaiveDate) -> Result<(), StoreError> {
    for Day { table, column, weekly } in days {
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {column} > $1");
        run!(tx, AssertSqlSafe(sql.clone()), if *weekly { monday } else { today }.to_string());
    }
    Ok(())
}
