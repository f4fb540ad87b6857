//! The two databases behind one type, and the macros that run one text on either.

use std::borrow::Cow;
use std::str::FromStr;
use std::time::Duration;

use include_dir::{Dir, include_dir};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Postgres, SqlSafeStr, Sqlite, Transaction};
use thiserror::Error;

use crate::measures;

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// How many connections read at once; one more writes on SQLite, all write on PostgreSQL, where one more listens.
const CONNECTIONS: u32 = 8;

/// How many rows SQLite reads ahead of whoever takes them.
const ROWS_AHEAD: usize = 1000;

/// A connection that lay idle for so long is asked whether it is still there; before, asking would cost more than it saves.
const IDLE: Duration = Duration::from_secs(2);

/// A database that could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or was not there.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row makes no sense: something else than this program wrote it.
    #[error("corrupt: {table}.{column} holds `{value}`")]
    Corrupt {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// What it holds; never anything about a person.
        value: String,
    },
    /// What was to be written in the same commit could not be.
    #[error("the commit that this was part of failed")]
    Together,
    /// A schema that does not fit.
    #[error("{0}")]
    Schema(String),
    /// An address that is neither `sqlite:` nor `postgres:`.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Address,
}

impl StoreError {
    /// Whether something refers to a key that is not there.
    pub fn is_missing_key(&self) -> bool {
        match self {
            StoreError::Sql(error) => error.as_database_error().is_some_and(|error| error.is_foreign_key_violation()),
            StoreError::Migration(_)
            | StoreError::Corrupt { .. }
            | StoreError::Address
            | StoreError::Together
            | StoreError::Schema(_) => false,
        }
    }
}

/// The database.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file: one connection writes, several read.
    Sqlite {
        /// Reads only.
        read: SqlitePool,
        /// The one that writes.
        write: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// Connections of a pool at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// What it is for.
    pub name: &'static str,
    /// How many wait for work.
    pub idle: usize,
    /// How many are at work.
    pub busy: usize,
}

/// A transaction; dropped without [`Tx::commit`] it changes nothing.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs an expression that reads on either database.
macro_rules! on_db {
    ($db:expr, $connection:ident => $body:expr) => {
        match $db {
            $crate::store::db::Db::Sqlite { read: $connection, .. } => $body.await,
            $crate::store::db::Db::Postgres($connection) => $body.await,
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
                let $connection = &mut **tx;
                $body.await
            }
        }
    };
}

/// Runs a statement inside a transaction with its values, and gives how many rows it touched.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_tx!($tx, c => async {
            sqlx::query($sql)$(.bind($value))*.execute(c).await.map(|done| done.rows_affected())
        })?
    };
}

/// All rows of a query that reads, with its values.
macro_rules! all {
    ($db:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_db!($db, c => sqlx::query_as($sql)$(.bind($value))*.fetch_all(c))?
    };
}

/// The row of a query that reads, or nothing.
macro_rules! maybe {
    ($db:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_db!($db, c => sqlx::query_as($sql)$(.bind($value))*.fetch_optional(c))?
    };
}

/// The row of a query inside a transaction, or nothing.
macro_rules! maybe_in {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_tx!($tx, c => async {
            sqlx::query_as($sql)$(.bind($value))*.fetch_optional(c).await
        })?
    };
}

pub(crate) use {all, maybe, maybe_in, on_db, on_tx, run};

impl Db {
    /// How long a query waits for a connection before it is a fault.
    pub(super) const PATIENCE: Duration = Duration::from_secs(10);

    /// Opens the database, makes it where it is a file that is not there, and brings its schema up to date.
    ///
    /// # Errors
    /// Where the address is wrong, the database cannot be reached, or a migration fails.
    pub async fn open(address: &str) -> Result<Db, StoreError> {
        let db = if address.starts_with("sqlite:") {
            open_sqlite(address).await?
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            Db::Postgres(open_postgres(address).await?)
        } else {
            return Err(StoreError::Address);
        };
        db.migrate().await?;
        Ok(db)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let migrator = Migrator::with_migrations(migrations());
        // On PostgreSQL one replica makes them, under a lock, and the others wait.
        let made = match self {
            Db::Sqlite { write, .. } => migrator.run(write).await,
            Db::Postgres(pool) => migrator.run(pool).await,
        };
        match made {
            Err(MigrateError::VersionMissing(version)) => {
                Err(StoreError::Schema(format!("it was written by a newer ventanilla (schema {version})")))
            }
            made => Ok(made?),
        }
    }

    /// Begins a transaction that will write.
    ///
    /// # Errors
    /// Where no connection comes free in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            // A plain BEGIN that reads first and then writes fails under load, whatever the busy timeout.
            Db::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Whether every migration of this program has been made; those of a newer one do not matter.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn is_up_to_date(&self) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM _sqlx_migrations WHERE success";
        let made: i64 = on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c))?;
        Ok(usize::try_from(made).is_ok_and(|made| made >= migrations().len()))
    }

    /// The connections of each pool.
    pub fn pools(&self) -> Vec<Pool> {
        let pool = |name, size: u32, idle: usize| Pool { name, idle, busy: (size as usize).saturating_sub(idle) };
        match self {
            Db::Sqlite { read, write } => {
                vec![pool("read", read.size(), read.num_idle()), pool("write", write.size(), write.num_idle())]
            }
            Db::Postgres(all) => vec![pool("all", all.size(), all.num_idle())],
        }
    }

    /// Which of the two it is, for people.
    pub fn name(&self) -> &'static str {
        match self {
            Db::Sqlite { .. } => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes the changes last.
    ///
    /// # Errors
    /// Where the database cannot; then nothing has changed.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        measures::committed();
        Ok(())
    }
}

async fn open_postgres(address: &str) -> Result<PgPool, StoreError> {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS + 1).acquire_timeout(Db::PATIENCE);
    let pool = pool.test_before_acquire(false).before_acquire(|connection, lived| {
        Box::pin(async move {
            if lived.idle_for > IDLE {
                connection.ping().await?;
            }
            Ok(true)
        })
    });
    Ok(pool.connect(address).await?)
}

async fn open_sqlite(address: &str) -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::from_str(address)?
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(Db::PATIENCE)
        // Rows come from a thread of their own: with few on the way each one wakes the other up.
        .row_buffer_size(ROWS_AHEAD)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: an update is acknowledged to Telegram after the commit, so a power cut must not undo one.
        .synchronous(SqliteSynchronous::Full);
    // A file cannot go away as a server can: no connection is asked whether it is still there.
    let pool = |connections| {
        let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(Db::PATIENCE);
        pool.test_before_acquire(false)
    };
    let write = pool(1).connect_with(options.clone()).await?;
    // The system keeps the file's pages as well: two megabytes for each connection would be so many too much.
    let options = options.read_only(true).pragma("cache_size", "-500");
    let read = pool(CONNECTIONS).connect_with(options).await?;
    Ok(Db::Sqlite { read, write })
}

/// The files of `migrations/`, `<number>_<what>.sql`.
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
