//! Backup and restore of a SQLite database; PostgreSQL has its own tools for both.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::clock::Clock;
use crate::store::{StoreError, sqlite_file};

/// A backup or a restoring that did not succeed; nothing has changed.
#[derive(Debug, Error)]
pub enum NoBackup {
    /// The database is on PostgreSQL.
    #[error("this works with SQLite; for PostgreSQL use pg_dump and pg_restore")]
    NotSqlite,
    /// There is no database.
    #[error("there is no database {0}")]
    NoDatabase(String),
    /// There is something already.
    #[error("{0} is there already; give a file that is not there yet")]
    Exists(String),
    /// There is a database, and nobody said that it may go.
    #[error("{0} is there already. With --yes it is put aside, and the backup takes its place")]
    WouldReplace(String),
    /// Somebody uses the database.
    #[error("{0} is being used: stop ventanilla first")]
    InUse(String),
    /// The backup is none.
    #[error("{0} cannot be restored: {1}")]
    Unfit(String, StoreError),
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Files cannot be written.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// Writes the database as it is at this moment into a new file, while others use it.
///
/// # Errors
/// Where the file is there already, or one of both cannot be used.
pub async fn backup(database: &str, file: &Path) -> Result<(), NoBackup> {
    let source = sqlite_file::file_of(database).map_err(|_| NoBackup::NotSqlite)?;
    if !source.exists() {
        return Err(NoBackup::NoDatabase(shown(&source)));
    }
    if file.exists() {
        return Err(NoBackup::Exists(shown(file)));
    }
    // Under another name until it is whole: what bears its name is a backup.
    let part = beside(file, "part");
    remove(&part)?;
    sqlite_file::copy(&source, &part).await?;
    private(&part)?;
    sqlite_file::examine(&part).await?;
    settle(&part, file)?;
    Ok(())
}

/// Puts a backup in the place of the database; the one that was there is kept beside it under the name that is given back.
///
/// # Errors
/// Where the backup is none, the database is there and `replace` is false, or somebody uses it.
pub async fn restore(database: &str, file: &Path, replace: bool, clock: &Clock) -> Result<Option<PathBuf>, NoBackup> {
    let target = sqlite_file::file_of(database).map_err(|_| NoBackup::NotSqlite)?;
    if !file.exists() {
        return Err(NoBackup::NoDatabase(shown(file)));
    }
    sqlite_file::examine(file).await.map_err(|error| NoBackup::Unfit(shown(file), error))?;
    let before = if target.exists() { Some(put_aside(&target, replace, clock).await?) } else { None };
    let part = beside(&target, "part");
    fs::copy(file, &part)?;
    private(&part)?;
    settle(&part, &target)?;
    Ok(before)
}

async fn put_aside(target: &Path, replace: bool, clock: &Clock) -> Result<PathBuf, NoBackup> {
    if !replace {
        return Err(NoBackup::WouldReplace(shown(target)));
    }
    // It also brings what was written ahead into the file itself.
    if !sqlite_file::is_free(target).await? {
        return Err(NoBackup::InUse(shown(target)));
    }
    let before = beside(target, &format!("before-{}", clock.now().format("%Y%m%d-%H%M%S")));
    fs::rename(target, &before)?;
    // What belonged to the old file would be taken for the new one's.
    for end in ["-wal", "-shm"] {
        let old = target.with_file_name(format!("{}{end}", name(target)));
        if old.exists() {
            fs::rename(&old, before.with_file_name(format!("{}{end}", name(&before))))?;
        }
    }
    Ok(before)
}

/// Gives a file its name when all of it is on the disk.
fn settle(part: &Path, file: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// What is sealed inside is still nobody else's business.
fn private(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

fn remove(file: &Path) -> io::Result<()> {
    if file.exists() { fs::remove_file(file) } else { Ok(()) }
}

fn beside(file: &Path, end: &str) -> PathBuf {
    file.with_file_name(format!("{}.{end}", name(file)))
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
