//! A SQLite database as a file: copying it while it is used, examining a copy, and finding out who uses it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteLockingMode};
use sqlx::{ConnectOptions, Connection};

use super::db::{Db, StoreError, migrations};

/// The file of an address such as `sqlite:ventanilla.db`.
///
/// # Errors
/// Where it is another database's address.
pub fn file_of(address: &str) -> Result<PathBuf, StoreError> {
    if !address.starts_with("sqlite:") {
        return Err(StoreError::Address);
    }
    Ok(SqliteConnectOptions::from_str(address)?.get_filename().to_owned())
}

/// Writes a copy of a database, as it is at one moment, into a file that is not there yet. Whoever uses it goes on.
///
/// # Errors
/// Where the database or the file cannot be used.
pub async fn copy(database: &Path, to: &Path) -> Result<(), StoreError> {
    let mut connection = reading(database).connect().await?;
    sqlx::query("VACUUM INTO $1").bind(to.to_string_lossy()).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Why a file is no database that this program could use, if it is none.
///
/// # Errors
/// In words for whoever wants to use it.
pub async fn examine(file: &Path) -> Result<(), StoreError> {
    let mut connection = reading(file).connect().await?;
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

/// Whether nobody else has the database open.
///
/// # Errors
/// Where it cannot be opened for another reason.
pub async fn is_free(database: &Path) -> Result<bool, StoreError> {
    let options = SqliteConnectOptions::new().filename(database).locking_mode(SqliteLockingMode::Exclusive);
    let mut connection = match options.busy_timeout(std::time::Duration::ZERO).connect().await {
        Ok(connection) => connection,
        Err(error) if is_busy(&error) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    // With the lock of a file that is written ahead, nobody else can have it open.
    let locked = sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await;
    connection.close().await?;
    match locked {
        Ok(_) => Ok(true),
        Err(error) if is_busy(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().contains("locked"))
}

fn reading(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(Db::PATIENCE)
}
