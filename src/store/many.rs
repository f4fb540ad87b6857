//! Many rows in few statements: each statement costs a way to the database and back, however little it says.

use sqlx::AssertSqlSafe;

use super::db::{StoreError, Tx, on_tx};

/// How many rows go into one statement at the most.
const MOST: usize = 32;

/// A value of a row.
pub(super) enum Value<'a> {
    Text(&'a str),
    Whole(i64),
}

/// Inserts rows: `head` up to VALUES, `end` what comes after them. What `end` returns, a text and a number, is given back.
pub(super) async fn insert<const N: usize>(
    tx: &mut Tx,
    head: &str,
    rows: &[[Value<'_>; N]],
    end: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut returned = Vec::new();
    for rows in portions(rows) {
        let sql = format!("{head} VALUES {} {end}", places(rows.len(), N));
        returned.extend(run(tx, sql, rows).await?);
    }
    Ok(returned)
}

/// Deletes the rows of which each fits one of `keys`, by a condition such as `chat = $1 AND seq = $2`; `head` up to WHERE.
pub(super) async fn delete(
    tx: &mut Tx,
    head: &str,
    columns: [&str; 2],
    keys: &[[Value<'_>; 2]],
) -> Result<(), StoreError> {
    let [first, second] = columns;
    for keys in portions(keys) {
        let fits = |n: usize| format!("({first} = ${} AND {second} = ${})", 2 * n + 1, 2 * n + 2);
        let sql = format!("{head} WHERE {}", (0..keys.len()).map(fits).collect::<Vec<_>>().join(" OR "));
        run(tx, sql, keys).await?;
    }
    Ok(())
}

/// Portions of powers of two: so there are few different statements, and each stays prepared.
fn portions<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = MOST.min(1 << rows.len().checked_ilog2()?);
        let (now, later) = rows.split_at(size);
        rows = later;
        Some(now)
    })
}

async fn run<const N: usize>(
    tx: &mut Tx,
    sql: String,
    rows: &[[Value<'_>; N]],
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(on_tx!(tx, c => async {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for value in rows.iter().flatten() {
            query = match value {
                Value::Text(text) => query.bind(*text),
                Value::Whole(number) => query.bind(*number),
            };
        }
        query.fetch_all(c).await
    })?)
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
