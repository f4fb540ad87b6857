//! A SQLite database as a file: copies it while it is used, examines a copy, and finds out whether it is in use.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteLockingMode, SqlitePool};
use sqlx::{ConnectOptions, Connection};

use crate::files;
use crate::store::db::find::{about, file_itself, log_of, no_log_alone};
use crate::store::db::{Db, StoreError, migrations};

/// How long emptying the log waits for readers of an older state; after that, it is left to the next time.
const BRIEFLY: Duration = Duration::from_millis(100);

/// The file of an address such as `sqlite:ventanilla.db`.
///
/// # Errors
/// If it is another database's address.
pub fn file_of(address: &str) -> Result<PathBuf, StoreError> {
    if !address.starts_with("sqlite:") {
        return Err(StoreError::Address);
    }
    Ok(SqliteConnectOptions::from_str(address)?.get_filename().to_owned())
}

/// The existing file of such an address, behind all symbolic links.
///
/// # Errors
/// If it is another database's address, the file does not exist, or only its log exists.
pub fn existing_file_of(address: &str) -> Result<PathBuf, StoreError> {
    let file = file_of(address)?;
    no_log_alone(&file)?;
    if file.exists() {
        Ok(file_itself(&file))
    } else {
        Err(StoreError::Missing(file_itself(&file).display().to_string()))
    }
}

/// The file of such an address and its log, behind all symbolic links, whether or not they exist.
///
/// # Errors
/// If it is another database's address.
pub fn file_and_log_of(address: &str) -> Result<(PathBuf, PathBuf), StoreError> {
    let file = file_of(address)?;
    Ok((file_itself(&file), log_of(&file)))
}

/// Copies a database, as it is at one moment, to a new file that only its owner may read. The database stays in use.
///
/// # Errors
/// If the database or the file cannot be used.
pub async fn copy(database: &Path, to: &Path) -> Result<(), StoreError> {
    let mut connection = reading(database).connect().await.map_err(about(database))?;
    // SQLite writes into an existing empty file; one that it created itself would be readable by others at first.
    files::make(to).map_err(|error| about(to)(error.into()))?;
    let copy = sqlx::query("VACUUM INTO $1").bind(to.to_string_lossy());
    copy.execute(&mut connection).await.map_err(about(to))?;
    connection.close().await?;
    Ok(())
}

/// Checks that a file is a database that this program can use.
///
/// # Errors
/// The reason why it is not, worded for the person who wants to use it.
pub async fn examine(file: &Path) -> Result<(), StoreError> {
    let mut connection = reading(file).connect().await.map_err(about(file))?;
    let result = examined(&mut connection).await;
    connection.close().await?;
    result
}

async fn examined(c: &mut SqliteConnection) -> Result<(), StoreError> {
    let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(10)").fetch_all(&mut *c).await?;
    if found != ["ok"] {
        return Err(StoreError::Schema(format!("the file is damaged: {}", found.join("; "))));
    }
    if !sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *c).await?.is_empty() {
        return Err(StoreError::Schema("rows refer to others that are not there".into()));
    }
    let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *c)
        .await?;
    if tables == 0 {
        return Err(StoreError::Schema("this is a database, but none of ventanilla's".into()));
    }
    let made: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(c)
            .await?;
    let ours = migrations();
    for (version, checksum) in made {
        match ours.iter().find(|migration| migration.version == version) {
            Some(migration) if *migration.checksum == *checksum => {}
            Some(_) => return Err(StoreError::Schema(format!("its schema {version} is another than ours"))),
            None => return Err(StoreError::Schema(format!("it was written by a newer ventanilla (schema {version})"))),
        }
    }
    Ok(())
}

/// Whether no other process has the database open.
///
/// # Errors
/// If it cannot be opened for another reason.
pub async fn is_free(database: &Path) -> Result<bool, StoreError> {
    let options = SqliteConnectOptions::new().filename(database).locking_mode(SqliteLockingMode::Exclusive);
    let mut connection = match options.busy_timeout(Duration::ZERO).connect().await {
        Ok(connection) => connection,
        Err(error) if is_busy(&error) => return Ok(false),
        Err(error) => return Err(about(database)(error)),
    };
    // With an exclusive lock on a file in WAL mode, no other process can have it open.
    let locked = sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await;
    connection.close().await?;
    match locked {
        Ok(_) => Ok(true),
        Err(error) if is_busy(&error) => Ok(false),
        Err(error) => Err(about(database)(error)),
    }
}

/// Moves the log's contents into the file and empties the log, so that deleted data, which is overwritten in the file
/// (`secure_delete`), is in neither. False if somebody reads an older state at this moment, and on PostgreSQL.
///
/// # Errors
/// If the file was moved away, or cannot be written.
pub async fn empty_log(db: &Db) -> Result<bool, StoreError> {
    let Db::Sqlite { write, file, .. } = db else { return Ok(false) };
    if !file.is_in_its_place() {
        return Err(StoreError::Moved(file.path().to_owned()));
    }
    // A separate connection: the one that writes waits seconds for a lock.
    let options = SqliteConnectOptions::new().filename(file.path()).busy_timeout(BRIEFLY);
    let mut connection = options.connect().await.map_err(about(file.path()))?;
    let emptied = emptied(write, &mut connection).await;
    connection.close().await?;
    Ok(emptied?)
}

async fn emptied(write: &SqlitePool, c: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Most of the log, while turns go on.
    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut *c).await?;
    // The rest while nobody writes: writers wait in the pool, in order.
    let _nobody_writes = write.acquire().await?;
    let (busy,): (i64,) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(c).await?;
    Ok(busy == 0)
}

fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().contains("locked"))
}

fn reading(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(Db::PATIENCE)
}
