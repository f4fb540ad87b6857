//! Roles that only one process may hold: serving a SQLite file, or a replica's name on PostgreSQL. A second process
//! would take the first one's claims for its own and send everything twice.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions, Connection};
use tokio::time::{Instant, sleep};

use super::sqlite_file::file_of;
use crate::files;
use crate::store::db::deadline::{STATEMENT, within};
use crate::store::db::find::file_itself;
use crate::store::db::open_file::bears;
use crate::store::db::{Db, StoreError};

/// How long the database may take to notice that a process of the same name has ended.
const ENDING: Duration = Duration::from_secs(5);
/// How often that is checked.
const LOOK: Duration = Duration::from_millis(200);

/// A lock: no other process can hold the same role while this is held.
#[derive(Debug)]
pub enum OnlyOne {
    /// A lock on a file beside the database, which the system releases when the process ends.
    File(Serving),
    /// A session lock, which PostgreSQL releases when the connection ends.
    Server(Box<PgConnection>),
}

/// The lock file of a served SQLite file.
#[derive(Debug)]
pub struct Serving {
    path: PathBuf,
    /// Whether the lock file did not exist before.
    is_new: bool,
    _lock: File,
}

impl Serving {
    /// Gives up serving, and deletes a lock file that was created for it.
    pub fn give_up(self) {
        if self.is_new {
            // A leftover file does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Locks the file of this address before it is opened or created: a second process would create a new file where the
/// first one's was moved away, and lose what that one has written. `None` if the address is not that of a file.
///
/// # Errors
/// If another process serves it.
pub fn serve_file(address: &str) -> Result<Option<Serving>, StoreError> {
    if !address.starts_with("sqlite:") {
        return Ok(None);
    }
    lock_file(&file_of(address)?).map(Some)
}

/// Locks a file against being served while it is replaced; `None` if it was never served.
///
/// # Errors
/// If a process serves it.
pub fn unserved(database: &Path) -> Result<Option<Serving>, StoreError> {
    if lock_path(database).exists() { lock_file(database).map(Some) } else { Ok(None) }
}

/// Takes the lock on this file, or on this name on the server.
///
/// # Errors
/// If another process holds it, or the database cannot be asked.
pub async fn only_one(db: &Db, name: &str) -> Result<OnlyOne, StoreError> {
    match db {
        Db::Sqlite { file, .. } => lock_file(file.path()).map(OnlyOne::File),
        Db::Postgres(pool) => {
            let connection = within(STATEMENT, pool.connect_options().connect()).await?;
            lock_name(connection, name).await
        }
    }
}

fn lock_file(database: &Path) -> Result<Serving, StoreError> {
    // By its own path: a link leads to the same file.
    let (database, path) = (file_itself(database), lock_path(database));
    let served = || {
        StoreError::Served(format!(
            "{} is served by another ventanilla: stop that one first; several at once need PostgreSQL",
            database.display()
        ))
    };
    let failed = |error: std::io::Error| {
        let advice = match error.kind() {
            ErrorKind::NotFound => ". Its folder is not there",
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                ". The user who runs this must be able to read and write the file and its folder"
            }
            _ => "",
        };
        StoreError::File { path: path.clone(), error: Box::new(error.into()), advice }
    };
    let is_new = !path.exists();
    // Readable by its owner only: anybody who may open it may lock it, and keep us from starting.
    let lock = files::open(&path).map_err(failed)?;
    match lock.try_lock() {
        // A process that gave up may have just deleted the file: then another one is starting as well.
        Ok(()) if !bears(&lock, &path) => Err(served()),
        Ok(()) => Ok(Serving { path, is_new, _lock: lock }),
        Err(TryLockError::WouldBlock) => Err(served()),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn lock_path(database: &Path) -> PathBuf {
    let database = file_itself(database);
    let name = database.file_name().unwrap_or_default().to_string_lossy();
    database.with_file_name(format!("{name}.serving"))
}

async fn lock_name(mut connection: PgConnection, name: &str) -> Result<OnlyOne, StoreError> {
    const SQL: &str = "SELECT pg_try_advisory_lock(hashtextextended('ventanilla replica ' || $1, 0))";
    let begun = Instant::now();
    loop {
        let locked = sqlx::query_scalar(SQL).bind(name).fetch_one(&mut connection);
        if within(STATEMENT, locked).await? {
            return Ok(OnlyOne::Server(Box::new(connection)));
        }
        // PostgreSQL may not have noticed yet that a process killed a moment ago is gone.
        if begun.elapsed() > ENDING {
            drop(connection.close().await);
            return Err(StoreError::Served(format!(
                "another replica bears the name {name}: give each a name of its own (replica, VENTANILLA_REPLICA)"
            )));
        }
        sleep(LOOK).await;
    }
}
