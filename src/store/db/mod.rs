//! Both databases behind one type, and the macros that run the same SQL on either.

pub(in crate::store) mod bulk;
pub(in crate::store) mod connect;
pub mod deadline;
mod error;
pub(in crate::store) mod find;
pub mod open_file;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use include_dir::{Dir, include_dir};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{SqlSafeStr, Sqlite, Transaction};

use self::deadline::{BATCH, BEGIN_BATCH, PgTx, STATEMENT, within};
pub use self::error::StoreError;
use self::open_file::OpenFile;
use crate::metrics;

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// A database: SQLite or PostgreSQL.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file: one connection writes, several read.
    Sqlite {
        /// Read-only connections.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// The file.
        file: Arc<OpenFile>,
    },
    /// A server.
    Postgres(PgPool),
}

/// The current connections of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// What the pool is for.
    pub name: &'static str,
    /// How many are idle.
    pub idle: usize,
    /// How many are in use.
    pub busy: usize,
}

/// A transaction; dropped without [`Tx::commit`], it is rolled back.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(PgTx),
}

/// Runs a reading expression on either database.
macro_rules! on_db {
    ($db:expr, $connection:ident => $body:expr) => {
        match $db {
            $crate::store::db::Db::Sqlite { read: $connection, .. } => $body.await,
            $crate::store::db::Db::Postgres($connection) => {
                $crate::store::db::deadline::within($crate::store::db::deadline::STATEMENT, $body).await
            }
        }
    };
}

/// Runs an expression inside a transaction on either database.
macro_rules! on_tx {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::store::db::Tx::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body.await
            }
            $crate::store::db::Tx::Postgres(tx) => {
                let deadline = tx.deadline();
                let $connection = &mut **tx;
                $crate::store::db::deadline::within(deadline, $body).await
            }
        }
    };
}

/// Runs a statement with its values inside a transaction; returns the number of affected rows.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_tx!($tx, c => async {
            sqlx::query($sql)$(.bind($value))*.execute(c).await.map(|done| done.rows_affected())
        })?
    };
}

/// All rows of a reading query with its values.
macro_rules! all {
    ($db:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_db!($db, c => sqlx::query_as($sql)$(.bind($value))*.fetch_all(c))?
    };
}

/// The row of a reading query, or `None`.
macro_rules! maybe {
    ($db:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_db!($db, c => sqlx::query_as($sql)$(.bind($value))*.fetch_optional(c))?
    };
}

/// The row of a query inside a transaction, or `None`.
macro_rules! maybe_in {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_tx!($tx, c => async {
            sqlx::query_as($sql)$(.bind($value))*.fetch_optional(c).await
        })?
    };
}

pub(crate) use {all, maybe, maybe_in, on_db, on_tx, run};

impl Db {
    /// How long a query waits for a connection, or SQLite for a lock, before it fails.
    pub(super) const PATIENCE: Duration = Duration::from_secs(10);

    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        let migrator = Migrator::with_migrations(migrations());
        // On PostgreSQL, one replica migrates under a lock, and the others wait.
        let made = match self {
            Db::Sqlite { write, .. } => migrator.run(write).await,
            Db::Postgres(pool) => {
                // Migrating, or waiting for another replica, may take long: a separate connection without a timeout.
                let mut connection = pool.acquire().await?;
                connection.close_on_drop();
                sqlx::query("SET statement_timeout = 0").execute(&mut *connection).await?;
                migrator.run(&mut *connection).await
            }
        };
        match made {
            Err(MigrateError::VersionMissing(version)) => {
                Err(StoreError::Schema(format!("it was written by a newer ventanilla (schema {version})")))
            }
            made => Ok(made?),
        }
    }

    /// How many batches of one kind may run at once: a stuck one must not block the others. SQLite has one writer.
    pub fn batches_at_once(&self) -> usize {
        match self {
            Db::Sqlite { .. } => 1,
            Db::Postgres(_) => 3,
        }
    }

    /// How long a batch that chats wait for may take; `None` on SQLite, which has no server that could go silent.
    pub fn batch_deadline(&self) -> Option<Duration> {
        match self {
            Db::Sqlite { .. } => None,
            Db::Postgres(_) => Some(BATCH),
        }
    }

    /// Begins a writing transaction.
    ///
    /// # Errors
    /// If no connection is free in time, or the SQLite file was moved away.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            // A plain BEGIN that reads first and then writes fails under load, whatever the busy timeout.
            Db::Sqlite { write, file, .. } => {
                if !file.is_in_its_place() {
                    return Err(StoreError::Moved(file.path().to_owned()));
                }
                Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)
            }
            Db::Postgres(pool) => Tx::Postgres(PgTx::new(within(STATEMENT, pool.begin()).await?, STATEMENT)),
        })
    }

    /// Begins a transaction that chats wait for: PostgreSQL ends it if it takes longer than [`Db::batch_deadline`].
    ///
    /// # Errors
    /// If no connection is free in time, or the SQLite file was moved away.
    pub async fn begin_batch(&self) -> Result<Tx, StoreError> {
        match (self, self.batch_deadline()) {
            (Db::Postgres(pool), Some(deadline)) => {
                let tx = within(STATEMENT, pool.begin_with(BEGIN_BATCH)).await?;
                Ok(Tx::Postgres(PgTx::new(tx, deadline)))
            }
            (Db::Postgres(_) | Db::Sqlite { .. }, _) => self.begin().await,
        }
    }

    /// Whether every migration of this program is applied; those of a newer one do not matter.
    pub async fn is_up_to_date(&self) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM _sqlx_migrations WHERE success";
        let made: i64 = on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c))?;
        Ok(usize::try_from(made).is_ok_and(|made| made >= migrations().len()))
    }

    /// The current connections of each pool.
    pub fn pools(&self) -> Vec<Pool> {
        let pool = |name, size: u32, idle: usize| Pool { name, idle, busy: (size as usize).saturating_sub(idle) };
        match self {
            Db::Sqlite { read, write, .. } => {
                vec![pool("read", read.size(), read.num_idle()), pool("write", write.size(), write.num_idle())]
            }
            Db::Postgres(all) => vec![pool("all", all.size(), all.num_idle())],
        }
    }

    /// The product's name, for people.
    pub fn name(&self) -> &'static str {
        match self {
            Db::Sqlite { .. } => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Lifts the deadlines of this transaction: it copies a whole database, and nothing waits for it.
    pub async fn take_your_time(&mut self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(_) => Ok(()),
            Tx::Postgres(tx) => Ok(tx.lift_deadline().await?),
        }
    }

    /// Commits the changes.
    ///
    /// # Errors
    /// If the database refuses (nothing has changed) or does not answer in time (the changes may have been made).
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        metrics::committed();
        Ok(())
    }
}

/// The files of `migrations/`, named `<number>_<what>.sql`.
pub(super) fn migrations() -> Vec<Migration> {
    MIGRATIONS
        .files()
        .filter_map(|file| {
            let (number, what) = file.path().file_stem()?.to_str()?.split_once('_')?;
            let sql = file.contents_utf8()?;
            let what = Cow::Owned(what.replace('_', " "));
            Some(Migration::new(number.parse().ok()?, what, MigrationType::Simple, sql.into_sql_str(), false))
        })
        .collect()
}
