//! Finds a database: whether there is one, and whether it is ventanilla's. Other programs' databases are left alone.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Error};

use super::{Db, StoreError};
use crate::files::folder;

/// A table that every ventanilla database has had since its first version.
const OURS: &str = "faq_revision";

/// The database found at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Found {
    /// Nothing, or a database without tables.
    Nothing,
    /// A database of ventanilla.
    Ours,
    /// Another program's database.
    Foreign,
}

/// How many symbolic links to a file are followed.
const LINKS: usize = 40;

/// The file behind all symbolic links, even if it does not exist: SQLite puts its own files beside that one.
pub(in crate::store) fn file_itself(file: &Path) -> PathBuf {
    let mut at = file.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&at) else { break };
        at = folder(&at).join(next);
    }
    let name = at.file_name().unwrap_or_default();
    folder(&at)
        .canonicalize()
        .map_or_else(|_| std::path::absolute(&at).unwrap_or_else(|_| at.clone()), |in_it| in_it.join(name))
}

/// SQLite's write-ahead log of a file, which holds the latest changes.
pub(in crate::store) fn log_of(file: &Path) -> PathBuf {
    let file = file_itself(file);
    file.with_file_name(format!("{}-wal", file.file_name().unwrap_or_default().to_string_lossy()))
}

/// Returns an error if a file's log exists without the file: SQLite would delete the log beside a new file. A program
/// may be using both under another name, or was killed while the file was away.
pub(in crate::store) fn no_log_alone(file: &Path) -> Result<(), StoreError> {
    let log = log_of(file);
    if file.exists() || !log.exists() { Ok(()) } else { Err(StoreError::LogAlone { file: file_itself(file), log }) }
}

/// Whether a SQLite file holds ventanilla's tables, another program's or none.
///
/// # Errors
/// If it cannot be read, is not a database, or only its log exists.
pub(in crate::store) async fn in_file(file: &Path) -> Result<Found, StoreError> {
    if !file.exists() {
        return no_log_alone(file).map(|()| Found::Nothing);
    }
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Db::PATIENCE);
    let tables = async {
        // Not read-only: SQLite could not read the log of a program that was killed.
        let mut connection = options.create_if_missing(false).connect().await?;
        let names =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        let names: Vec<String> = names.fetch_all(&mut connection).await?;
        connection.close().await?;
        Ok(names)
    };
    Ok(judged(&tables.await.map_err(about(file))?))
}

/// Whether the current schema holds ventanilla's tables, another program's or none.
pub(in crate::store) async fn on_server(pool: &PgPool) -> Result<Found, StoreError> {
    const TABLES: &str = "SELECT table_name::text FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
    let names: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(pool).await?;
    Ok(judged(&names))
}

fn judged(tables: &[String]) -> Found {
    match tables {
        [] => Found::Nothing,
        some if some.iter().any(|name| name == OURS) => Found::Ours,
        // The very first migration was interrupted.
        [one] if one == "_sqlx_migrations" => Found::Nothing,
        _ => Found::Foreign,
    }
}

/// Turns SQLite's error into one with the file's path and advice.
pub(in crate::store) fn about(file: &Path) -> impl Fn(Error) -> StoreError {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    move |error| {
        let code = error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
        let number = code.as_deref().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff);
        let advice = match number {
            Some(14) if path.parent().is_some_and(|folder| !folder.is_dir()) => ". Its folder is not there",
            Some(14 | 8 | 3 | 23) => ". The user who runs this must be able to read and write the file and its folder",
            Some(26) => ". It is no SQLite database",
            Some(13) => ". Make room on the disk",
            Some(_) | None => "",
        };
        StoreError::File { path: path.clone(), error: Box::new(error), advice }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_tables_but_none_of_ours_is_somebody_elses() {
        let names = |names: &[&str]| judged(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(names(&[]), Found::Nothing);
        assert_eq!(names(&["_sqlx_migrations"]), Found::Nothing);
        assert_eq!(names(&["_sqlx_migrations", "faq_revision", "entries"]), Found::Ours);
        assert_eq!(names(&["_sqlx_migrations", "songs"]), Found::Foreign);
        assert_eq!(names(&["songs"]), Found::Foreign);
    }
}
