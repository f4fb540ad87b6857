//! Backup and restore of a SQLite database; PostgreSQL has its own tools for both.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::clock::Clock;
use crate::files;
use crate::store::StoreError;
use crate::store::operations::{single_instance, sqlite_file};

/// A database's file, and what SQLite puts beside it.
const ENDS: [&str; 3] = ["", "-wal", "-shm"];

/// A backup or a restoring that did not succeed; nothing has changed.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database is on PostgreSQL.
    #[error("this works with SQLite; for PostgreSQL use pg_dump and pg_restore")]
    NotSqlite,
    /// There is no backup.
    #[error("there is no backup {0}")]
    Absent(String),
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
pub async fn backup(database: &str, file: &Path) -> Result<(), BackupError> {
    sqlite_file::file_of(database).map_err(|_| BackupError::NotSqlite)?;
    let source = sqlite_file::existing_file_of(database)?;
    if file.exists() {
        return Err(BackupError::Exists(shown(file)));
    }
    // Under another name until it is whole: what bears its name is a backup.
    let part = beside(file, "part");
    remove(&part)?;
    let written = async {
        sqlite_file::copy(&source, &part).await?;
        sqlite_file::examine(&part).await?;
        Ok(settle(&part, file)?)
    };
    whole_or_nothing(written.await, &part)
}

/// Puts a backup in the place of the database; what was there is kept beside it under the name that is given back.
///
/// # Errors
/// Where the backup is none, the database is there and `replace` is false, or somebody uses it.
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
    // Also where the database is away: whoever serves it goes on with what lies beside it.
    let _unserved = single_instance::unserved(&target).map_err(|error| match error {
        StoreError::Served(_) => BackupError::InUse(shown(&target)),
        other => other.into(),
    })?;
    let there = [&target, &log].into_iter().find(|path| path.exists());
    if let Some(there) = there.filter(|_| !replace) {
        return Err(BackupError::WouldReplace(shown(there)));
    }
    // It also brings what was written ahead into the file itself.
    if target.exists() && !sqlite_file::is_free(&target).await? {
        return Err(BackupError::InUse(shown(&target)));
    }
    // All of it before anything is put aside: the disk may be full.
    let part = beside(&target, "part");
    remove(&part)?;
    let placed = place(file, &part, &target, there.is_some(), clock);
    whole_or_nothing(placed.map_err(BackupError::from), &part)
}

/// Puts a file in the place of another, of which it gives the new name where there `was` one.
fn place(file: &Path, part: &Path, target: &Path, was: bool, clock: &Clock) -> io::Result<Option<PathBuf>> {
    io::copy(&mut File::open(file)?, &mut files::make(part)?)?;
    files::give_to_owner_of(part, if target.exists() { target } else { files::folder(target) });
    let before = if was { Some(put_aside(target, clock)?) } else { None };
    settle(part, target)?;
    Ok(before)
}

/// Gives what is at the database's name, and what belongs to it, another name; which that is.
fn put_aside(target: &Path, clock: &Clock) -> io::Result<PathBuf> {
    let before = free_name(target, clock)?;
    // What belonged to the old file would be taken for the new one's.
    let mut first = None;
    for end in ENDS {
        let old = with_end(target, end);
        if old.exists() {
            let new = with_end(&before, end);
            fs::rename(old, &new)?;
            first = first.or(Some(new));
        }
    }
    // Where only the log was there, nothing bears the name itself.
    if first.as_ref() != Some(&before) {
        fs::remove_file(&before)?;
    }
    Ok(first.unwrap_or(before))
}

/// A name beside the database that nothing bears; an empty file keeps it from whoever does the same at this moment.
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

/// A file that did not become whole is not left behind.
fn whole_or_nothing<T>(done: Result<T, BackupError>, part: &Path) -> Result<T, BackupError> {
    if done.is_err() {
        // Why it could not be done counts more.
        let _ = remove(part);
    }
    done
}

/// Gives a file its name when all of it is on the disk.
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

/// A file that belongs to another.
fn with_end(file: &Path, end: &str) -> PathBuf {
    file.with_file_name(format!("{}{end}", name(file)))
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
