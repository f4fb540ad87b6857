//! Opens connection pools to either database, and checks that a connection is clean before it returns to its pool.

use std::io;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Error};

use super::deadline::{SESSION, within};
use super::find::{Found, about, in_file, on_server};
use super::open_file::OpenFile;
use super::{Db, StoreError};
use crate::files;

/// How many connections read on SQLite, which has one more that writes; PostgreSQL has as many, and all do both.
const CONNECTIONS: u32 = 8;

/// How many rows SQLite reads ahead of their reader.
const ROWS_AHEAD: usize = 1000;

/// A connection that was idle for longer is pinged before use; after a shorter time, the ping costs more than it saves.
const IDLE: Duration = Duration::from_secs(2);

/// How long a ping or a pending rollback may take; a slower connection is replaced.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// How long one more connection attempt may take, which is made after a timeout to learn the cause.
const ONCE_MORE: Duration = Duration::from_secs(3);

impl Db {
    /// Opens the database, creates it if it is a missing file, and migrates its schema.
    ///
    /// # Errors
    /// If the address is invalid, the database is unreachable or belongs to another program, or a migration fails.
    pub async fn open(address: &str) -> Result<Db, StoreError> {
        open(address, Absent::Make).await
    }

    /// Opens a database that must exist, and migrates its schema.
    ///
    /// # Errors
    /// As [`Db::open`], and if there is none.
    pub async fn open_existing(address: &str) -> Result<Db, StoreError> {
        open(address, Absent::Refuse).await
    }

    /// Checks that there is a database of ventanilla, without changing it.
    ///
    /// # Errors
    /// If there is none, it belongs to another program, or it is unreachable.
    pub async fn find(address: &str) -> Result<(), StoreError> {
        find(address).await
    }
}

/// What to do if there is no database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Absent {
    /// Create one.
    Make,
    /// Return an error.
    Refuse,
}

/// Opens a database and migrates its schema.
pub(in crate::store) async fn open(address: &str, absent: Absent) -> Result<Db, StoreError> {
    let db = if address.starts_with("sqlite:") {
        open_sqlite(address, absent).await?
    } else {
        open_postgres(address, absent).await?
    };
    db.migrate().await?;
    Ok(db)
}

/// Checks that there is a database of ventanilla.
pub(in crate::store) async fn find(address: &str) -> Result<(), StoreError> {
    if address.starts_with("sqlite:") {
        let options = file_options(address)?;
        return refuse(in_file(options.get_filename()).await?, Absent::Refuse, || shown(&options));
    }
    let pool = connect(address).await?;
    let found = on_server(&pool).await;
    pool.close().await;
    refuse(found?, Absent::Refuse, || server(&pool))
}

fn refuse(found: Found, absent: Absent, name: impl FnOnce() -> String) -> Result<(), StoreError> {
    match (found, absent) {
        (Found::Ours, _) | (Found::Nothing, Absent::Make) => Ok(()),
        (Found::Nothing, Absent::Refuse) => Err(StoreError::Missing(name())),
        (Found::Foreign, _) => Err(StoreError::Foreign(name())),
    }
}

async fn open_postgres(address: &str, absent: Absent) -> Result<Db, StoreError> {
    let pool = connect(address).await?;
    refuse(on_server(&pool).await?, absent, || server(&pool))?;
    Ok(Db::Postgres(pool))
}

/// A server's database as name, host and port, without user or password.
fn server(pool: &PgPool) -> String {
    let options = pool.connect_options();
    format!("{} at {}:{}", options.get_database().unwrap_or_default(), options.get_host(), options.get_port())
}

async fn connect(address: &str) -> Result<PgPool, StoreError> {
    if !address.starts_with("postgres:") && !address.starts_with("postgresql:") {
        return Err(StoreError::Address);
    }
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS + 1).acquire_timeout(Db::PATIENCE);
    let pool = pool.after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::query(SESSION).execute(connection).await?;
            Ok(())
        })
    });
    let pool = pool.test_before_acquire(false).before_acquire(|connection, lived| {
        Box::pin(async move {
            if lived.idle_for > IDLE {
                within(SIGN_OF_LIFE, connection.ping()).await?;
            }
            Ok(true)
        })
    });
    let pool = pool.after_release(|connection, _| Box::pin(within(SIGN_OF_LIFE, is_reusable(connection))));
    let options = PgConnectOptions::from_str(address)?;
    match pool.connect_with(options.clone()).await {
        Ok(pool) => Ok(pool),
        Err(error) => Err(unreached(&options, error).await),
    }
}

/// Why a server cannot be used, with its address and a readable cause.
async fn unreached(options: &PgConnectOptions, error: Error) -> StoreError {
    let error = match error {
        // The pool has retried until its timeout and reports only the timeout: one more attempt shows the cause.
        Error::PoolTimedOut => match within(ONCE_MORE, options.connect()).await {
            Ok(_) => Error::PoolTimedOut,
            Err(cause) => cause,
        },
        other => other,
    };
    let cause = match &error {
        // Only the message: the rest names a line in PostgreSQL's own source.
        Error::Database(refusal) => format!("refuses: {}", refusal.message()),
        Error::Io(error) => format!("does not answer: {}", words(error)),
        other => format!("does not answer: {other}"),
    };
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    StoreError::Server { place, cause }
}

/// The system's error text without its number and with a lower-case first letter.
fn words(error: &io::Error) -> String {
    let said = error.to_string();
    let mut letters = said.split(" (os error").next().unwrap_or_default().chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn file_options(address: &str) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(address)?.create_if_missing(false))
}

/// The absolute path of a database file.
fn shown(options: &SqliteConnectOptions) -> String {
    let file = options.get_filename();
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).display().to_string()
}

async fn open_sqlite(address: &str, absent: Absent) -> Result<Db, StoreError> {
    let options = file_options(address)?
        .foreign_keys(true)
        .busy_timeout(Db::PATIENCE)
        // Rows come from a separate thread: with a small buffer, the threads would wake each other up for every row.
        .row_buffer_size(ROWS_AHEAD)
        .journal_mode(SqliteJournalMode::Wal)
        // Deleted data is overwritten, not only unlinked.
        .pragma("secure_delete", "ON")
        // FULL: an update is acknowledged to Telegram after its commit, so a power cut must not undo the commit.
        .synchronous(SqliteSynchronous::Full);
    let path = options.get_filename().to_owned();
    refuse(in_file(&path).await?, absent, || shown(&options))?;
    // Created once, here: a later connection must not create a new file where the old one was moved away. Only its
    // owner may read it and the files that SQLite puts beside it. If it cannot be created, SQLite reports why below.
    drop(files::make(&path));
    let mut first = options.clone().create_if_missing(true).connect().await.map_err(about(&path))?;
    leave_nothing_from_before(&mut first, &path).await;
    first.close().await?;
    if files::open_to(&path).is_some() {
        let path = path.display();
        tracing::warn!(%path, "others than its owner can read the database: chmod 600 it, and what is beside it");
    }
    let file = OpenFile::of(&path).map_err(|error| about(&path)(error.into()))?;
    // A file cannot disconnect as a server can, so no connection is pinged before use.
    let pool = |connections| {
        let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(Db::PATIENCE);
        pool.test_before_acquire(false).after_release(|connection, _| Box::pin(is_reusable(connection)))
    };
    let write = pool(1).connect_with(options.clone()).await.map_err(about(&path))?;
    // 500 kB: the system caches the file's pages as well, so the default of 2 MB for each connection would be wasted.
    let options = options.read_only(true).pragma("cache_size", "-500");
    let read = pool(CONNECTIONS).connect_with(options).await.map_err(about(&path))?;
    Ok(Db::Sqlite { read, write, file: Arc::new(file) })
}

/// `user_version` of a file in which all data that was ever deleted has been overwritten.
const OVERWRITTEN: i64 = 1;

/// Rewrites the file once: older versions left deleted data in its free pages.
async fn leave_nothing_from_before(c: &mut SqliteConnection, path: &Path) {
    let done = async {
        let (version,): (i64,) = sqlx::query_as("PRAGMA user_version").fetch_one(&mut *c).await?;
        if version < OVERWRITTEN {
            sqlx::query("VACUUM").execute(&mut *c).await?;
            sqlx::query(AssertSqlSafe(format!("PRAGMA user_version = {OVERWRITTEN}"))).execute(&mut *c).await?;
        }
        Ok::<(), sqlx::Error>(())
    };
    if let Err(error) = done.await {
        // Retried at the next start.
        tracing::warn!(path = %path.display(), %error, "what an older version has deleted could not be overwritten");
    }
}

/// Whether a connection may be reused: no transaction is open on it. SQLite rolls back by itself if the disk is full, a
/// file cannot be read or memory is short; sqlx then still counts the transaction, and every later one would fail.
async fn is_reusable<C: Connection>(connection: &mut C) -> Result<bool, sqlx::Error> {
    // The ping first runs a rollback that was queued when the transaction was dropped.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}
