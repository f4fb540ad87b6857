//! Bulk statements: many rows per statement, because each statement costs a round trip to the database.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow};

use super::deadline::{STATEMENT, within};
use super::{Db, StoreError, Tx};

/// The most rows in one statement where placeholders are written out (SQLite).
const MOST: usize = 32;

/// A row type that can be read from either database.
pub(in crate::store) trait Readable:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Readable for R {}

/// A value of one column in a row.
pub(in crate::store) enum Value<'a> {
    Text(&'a str),
    Whole(i64),
    MaybeText(Option<&'a str>),
    MaybeWhole(Option<i64>),
}

/// Inserts rows: `head` is the SQL up to VALUES, `end` the SQL after it.
/// Returns what the RETURNING clause of `end` gives, a text and a number per row.
pub(in crate::store) async fn insert<const N: usize>(
    tx: &mut Tx,
    head: &str,
    rows: &[[Value<'_>; N]],
    end: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    let sqlite = |rows| format!("{head} VALUES {} {end}", places(rows, N));
    run(tx, rows, sqlite, |table| format!("{head} SELECT * FROM {table} {end}")).await
}

/// Updates rows from a table `v` of values (`v.column1` and on): `head` is the SQL up to FROM, `end` from WHERE on.
/// Returns what the RETURNING clause of `end` gives, a text and a number per row.
pub(in crate::store) async fn update<const N: usize>(
    tx: &mut Tx,
    head: &str,
    rows: &[[Value<'_>; N]],
    end: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    let names: Vec<String> = (1..=N).map(|column| format!("column{column}")).collect();
    let sqlite = |rows| format!("{head} (VALUES {}) v {end}", places(rows, N));
    run(tx, rows, sqlite, |table| format!("{head} {table} v ({}) {end}", names.join(", "))).await
}

/// Deletes the rows whose two `columns` equal one of `keys`; `head` is the SQL up to WHERE.
pub(in crate::store) async fn delete(
    tx: &mut Tx,
    head: &str,
    columns: [&str; 2],
    keys: &[[Value<'_>; 2]],
) -> Result<(), StoreError> {
    let head = format!("{head} WHERE ({}) IN", columns.join(", "));
    let sqlite = |rows| format!("{head} (VALUES {})", places(rows, 2));
    run(tx, keys, sqlite, |table| format!("{head} (SELECT * FROM {table})")).await?;
    Ok(())
}

/// The rows with these keys; `head` is the SQL up to IN.
pub(in crate::store) async fn with_keys<R: Readable>(db: &Db, head: &str, keys: &[&str]) -> Result<Vec<R>, StoreError> {
    match db {
        Db::Postgres(pool) => {
            let sql = format!("{head} (SELECT * FROM UNNEST($1::text[]))");
            let rows = sqlx::query_as(AssertSqlSafe(sql)).bind(keys).fetch_all(pool);
            Ok(within(STATEMENT, rows).await?)
        }
        Db::Sqlite { read, .. } => {
            let mut rows = Vec::new();
            for keys in portions(keys) {
                let query = sqlx::query_as(AssertSqlSafe(format!("{head} {}", places(1, keys.len()))));
                rows.extend(keys.iter().fold(query, |query, key| query.bind(*key)).fetch_all(read).await?);
            }
            Ok(rows)
        }
    }
}

/// Runs a statement for all rows. PostgreSQL gets each column as an array, so one prepared statement takes any number
/// of rows; SQLite, where a statement is cheap, gets chunks of a few fixed sizes.
async fn run<const N: usize>(
    tx: &mut Tx,
    rows: &[[Value<'_>; N]],
    sqlite: impl Fn(usize) -> String,
    postgres: impl FnOnce(&str) -> String,
) -> Result<Vec<(String, i64)>, StoreError> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    match tx {
        Tx::Postgres(tx) => {
            let kinds = first.iter().enumerate().map(|(column, value)| format!("${}::{}[]", column + 1, value.kind()));
            let table = format!("UNNEST({})", kinds.collect::<Vec<_>>().join(", "));
            let mut query = sqlx::query_as(AssertSqlSafe(postgres(&table)));
            for (column, value) in first.iter().enumerate() {
                let values = rows.iter().filter_map(|row| row.get(column));
                query = match value {
                    Value::Text(_) | Value::MaybeText(_) => query.bind(values.map(Value::text).collect::<Vec<_>>()),
                    Value::Whole(_) | Value::MaybeWhole(_) => query.bind(values.map(Value::whole).collect::<Vec<_>>()),
                };
            }
            Ok(within(tx.deadline(), query.fetch_all(&mut **tx)).await?)
        }
        Tx::Sqlite(tx) => {
            let mut returned = Vec::new();
            for rows in portions(rows) {
                let mut query = sqlx::query_as(AssertSqlSafe(sqlite(rows.len())));
                for value in rows.iter().flatten() {
                    query = match value {
                        Value::Text(_) | Value::MaybeText(_) => query.bind(value.text()),
                        Value::Whole(_) | Value::MaybeWhole(_) => query.bind(value.whole()),
                    };
                }
                returned.extend(query.fetch_all(&mut **tx).await?);
            }
            Ok(returned)
        }
    }
}

impl Value<'_> {
    /// The PostgreSQL type of its column.
    fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) | Value::MaybeText(_) => "text",
            Value::Whole(_) | Value::MaybeWhole(_) => "bigint",
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::MaybeText(text) => *text,
            Value::Whole(_) | Value::MaybeWhole(_) => None,
        }
    }

    fn whole(&self) -> Option<i64> {
        match self {
            Value::Whole(number) => Some(*number),
            Value::MaybeWhole(number) => *number,
            Value::Text(_) | Value::MaybeText(_) => None,
        }
    }
}

/// Chunks whose sizes are powers of two, at most `MOST`: few different statements, so each stays prepared.
fn portions<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = MOST.min(1 << rows.len().checked_ilog2()?);
        let (now, later) = rows.split_at(size);
        rows = later;
        Some(now)
    })
}

/// `($1, $2), ($3, $4)`
fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_portion_and_there_are_few_sizes() {
        for many in 0..200 {
            let rows: Vec<usize> = (0..many).collect();
            let sizes: Vec<usize> = portions(&rows).map(<[usize]>::len).collect();
            assert_eq!(portions(&rows).flatten().copied().collect::<Vec<_>>(), rows);
            assert!(sizes.iter().all(|size| size.is_power_of_two() && *size <= MOST));
        }
    }

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }
}
