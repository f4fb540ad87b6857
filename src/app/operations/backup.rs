//! Backup and restore of a SQLite database; PostgreSQL has its own tools for both.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::clock::Clock;
use crate::files;
use crate::store::StoreError;
use crate::store::operations::{single_instance, sqlite_file};

/// Suffixes of the database file and of the files SQLite keeps beside it.
const ENDS: [&str; 3] = ["", "-wal", "-shm"];

/// A failed backup or restore; nothing has changed.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database is on PostgreSQL.
    #[error("this works with SQLite; for PostgreSQL use pg_dump and pg_restore")]
    NotSqlite,
    /// The backup file does not exist.
    #[error("there is no backup {0}")]
    Absent(String),
    /// The target file already exists.
    #[error("{0} is there already; give a file that is not there yet")]
    Exists(String),
    /// A database exists and replacing it was not confirmed.
    #[error("{0} is there already. With --yes it is put aside, and the backup takes its place")]
    WouldReplace(String),
    /// The database is in use.
    #[error("{0} is being used: stop ventanilla first")]
    InUse(String),
    /// The file is not a valid backup.
    #[error("{0} cannot be restored: {1}")]
    Unfit(String, StoreError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// Writes a snapshot of the database into a new file, while it is in use.
///
/// # Errors
/// Where the file already exists, or the database or the file cannot be used.
pub async fn backup(database: &str, file: &Path) -> Result<(), BackupError> {
    sqlite_file::file_of(database).map_err(|_| BackupError::NotSqlite)?;
    let source = sqlite_file::existing_file_of(database)?;
    if file.exists() {
        return Err(BackupError::Exists(shown(file)));
    }
    // Under a temporary name until complete, so that the final name always is a whole backup.
    let part = beside(file, "part");
    remove(&part)?;
    let written = async {
        sqlite_file::copy(&source, &part).await?;
        sqlite_file::examine(&part).await?;
        Ok(settle(&part, file)?)
    };
    whole_or_nothing(written.await, &part)
}

/// Replaces the database by a backup. Keeps the old database beside it, under the name that is returned.
///
/// # Errors
/// Where the backup is not valid, a database exists and `replace` is false, or it is in use.
pub async fn restore(
    database: &str,
    file: &Path,
    replace: bool,
    clock: &Clock,
) -> Result<Option<PathBuf>, BackupError> {
    let (target, log) = sqlite_file::file_and_log_of(database).map_err(|_| BackupError::NotSqlite)?;
    if !file.exists() {
        return Err(BackupError::Absent(shown(file)));
    }
    sqlite_file::examine(file).await.map_err(|error| BackupError::Unfit(shown(file), error))?;
    // Even if the file is missing: a running server would go on with the log beside it.
    let _unserved = single_instance::unserved(&target).map_err(|error| match error {
        StoreError::Served(_) => BackupError::InUse(shown(&target)),
        other => other.into(),
    })?;
    let there = [&target, &log].into_iter().find(|path| path.exists());
    if let Some(there) = there.filter(|_| !replace) {
        return Err(BackupError::WouldReplace(shown(there)));
    }
    // This also checkpoints the log into the database file.
    if target.exists() && !sqlite_file::is_free(&target).await? {
        return Err(BackupError::InUse(shown(&target)));
    }
    // Copy everything before the old database is moved: the disk may be full.
    let part = beside(&target, "part");
    remove(&part)?;
    let placed = place(file, &part, &target, there.is_some(), clock);
    whole_or_nothing(placed.map_err(BackupError::from), &part)
}

/// Moves the copied backup to `target`; returns the old database's new name if there `was` one.
fn place(file: &Path, part: &Path, target: &Path, was: bool, clock: &Clock) -> io::Result<Option<PathBuf>> {
    io::copy(&mut File::open(file)?, &mut files::make(part)?)?;
    files::give_to_owner_of(part, if target.exists() { target } else { files::folder(target) });
    let before = if was { Some(put_aside(target, clock)?) } else { None };
    settle(part, target)?;
    Ok(before)
}

/// Renames the database and the files that belong to it, and returns the new name.
fn put_aside(target: &Path, clock: &Clock) -> io::Result<PathBuf> {
    let before = free_name(target, clock)?;
    // A log left behind would be applied to the new database.
    let mut first = None;
    for end in ENDS {
        let old = with_end(target, end);
        if old.exists() {
            let new = with_end(&before, end);
            fs::rename(old, &new)?;
            first = first.or(Some(new));
        }
    }
    // If only the log existed, the reserved name stays unused.
    if first.as_ref() != Some(&before) {
        fs::remove_file(&before)?;
    }
    Ok(first.unwrap_or(before))
}

/// An unused name beside the database, reserved by an empty file against concurrent restores.
fn free_name(target: &Path, clock: &Clock) -> io::Result<PathBuf> {
    let end = format!("before-{}", clock.now().format("%Y%m%d-%H%M%S"));
    let mut number = 1;
    loop {
        let before = if number == 1 { beside(target, &end) } else { beside(target, &format!("{end}-{number}")) };
        let is_free = ENDS.iter().all(|end| !with_end(&before, end).exists());
        match is_free.then(|| files::make(&before)) {
            Some(Ok(_)) => return Ok(before),
            Some(Err(error)) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            Some(Err(_)) | None => number += 1,
        }
    }
}

/// Removes an incomplete file.
fn whole_or_nothing<T>(done: Result<T, BackupError>, part: &Path) -> Result<T, BackupError> {
    if done.is_err() {
        // The first error matters more than this one.
        let _ = remove(part);
    }
    done
}

/// Renames a file to its final name after syncing it to disk.
fn settle(part: &Path, file: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, file)?;
    File::open(files::folder(file))?.sync_all()
}

fn remove(file: &Path) -> io::Result<()> {
    if file.exists() { fs::remove_file(file) } else { Ok(()) }
}

fn beside(file: &Path, end: &str) -> PathBuf {
    file.with_file_name(format!("{}.{end}", name(file)))
}

/// A file name with a suffix.
fn with_end(file: &Path, end: &str) -> PathBuf {
    file.with_file_name(format!("{}{end}", name(file)))
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
