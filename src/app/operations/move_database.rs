//! Moves all data from SQLite to PostgreSQL in one transaction, and compares every row before the commit.

use thiserror::Error;

use crate::store::operations::{db_copy, revision};
use crate::store::{Db, StoreError, Tx};

/// A failed move; both databases are unchanged.
#[derive(Debug, Error)]
pub enum MoveError {
    /// The source is not SQLite, or the target is not PostgreSQL.
    #[error("a move goes from SQLite to PostgreSQL")]
    Direction,
    /// The new database has been used.
    #[error("the new database is not empty: ventanilla has been started with it")]
    NotEmpty,
    /// The schemas differ.
    #[error("the table {0} is not the same in both databases")]
    Differs(String),
    /// The rows that arrived differ from those sent.
    #[error("the table {table}: {sent} rows were read and {arrived} have arrived, and they are not the same")]
    Changed {
        /// The table.
        table: String,
        /// Rows read.
        sent: i64,
        /// Rows that arrived.
        arrived: i64,
    },
    /// A database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A table that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// Its number of rows.
    pub rows: i64,
}

/// Moves every table. The old database is locked against writes meanwhile and stays unchanged.
///
/// # Errors
/// Where the new database has been used, or any table or row differs; then nothing was moved.
pub async fn move_database(from: &Db, to: &Db) -> Result<Vec<Moved>, MoveError> {
    if !matches!((from, to), (Db::Sqlite { .. }, Db::Postgres(_))) {
        return Err(MoveError::Direction);
    }
    // Starting the program publishes the starter pack, so a revision means that the database was used.
    if revision::current(to).await? > 0 {
        return Err(MoveError::NotEmpty);
    }
    let (mut from, mut to) = (from.begin().await?, to.begin().await?);
    to.take_your_time().await?;
    let all = same_tables(&mut from, &mut to).await?;
    // Rows inserted by migrations are copied with the rest.
    for table in all.iter().rev() {
        db_copy::empty(&mut to, table).await?;
    }
    let mut moved = Vec::new();
    for table in &all {
        let sent = db_copy::copy(&mut from, &mut to, table).await?;
        let arrived = db_copy::rows(&mut to, table).await?;
        if sent != arrived {
            let (sent, arrived) = (sent.len(), arrived.len());
            return Err(MoveError::Changed { table: table.name.clone(), sent, arrived });
        }
        moved.push(Moved { table: table.name.clone(), rows: sent.len() });
    }
    to.commit().await?;
    Ok(moved)
}

async fn same_tables(from: &mut Tx, to: &mut Tx) -> Result<Vec<db_copy::Table>, MoveError> {
    let (old, new) = (db_copy::tables(from).await?, db_copy::tables(to).await?);
    let missing = |some: &[db_copy::Table], others: &[db_copy::Table]| {
        some.iter().find(|table| !others.contains(table)).map(|table| table.name.clone())
    };
    match missing(&old, &new).or_else(|| missing(&new, &old)) {
        Some(table) => Err(MoveError::Differs(table)),
        None => Ok(old),
    }
}
