//! Whether a key file belongs to a database. A key that opens nothing would make everything sealed look worthless, so nothing
//! starts with one.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::encryption::{Encryption, KeyError, Reencrypted};
use crate::files;
use crate::store::operations::encrypted_columns::{SEALED, page};
use crate::store::operations::key_marks::{self, KeyMarks};
use crate::store::{Db, StoreError};

/// A key file with which the database must not be used.
#[derive(Debug, Error)]
pub enum KeyFitError {
    /// There is none, and the database was used with one.
    #[error(
        "there is no key file {}, and this database was used with one (mark {mark}): bring it back. \
         Where it is lost for ever: ventanilla keys adopt", .path.display()
    )]
    Missing {
        /// Where the file should be.
        path: PathBuf,
        /// The mark of the key that the database was used with; `unknown` where an older version has used it.
        mark: String,
    },
    /// It is another.
    #[error(
        "the key file {} (mark {found}) is not the one of this database (mark {mark}): bring back the right one, or \
         give the right database. Where the right one is lost for ever: ventanilla keys adopt", .path.display()
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// The mark of its key.
        found: String,
        /// The mark of the database's.
        mark: String,
    },
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] KeyError),
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How much of what is sealed opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opens {
    /// Values that open.
    pub opens: usize,
    /// Values that no key of the file opens.
    pub stays_closed: usize,
}

/// The keys of this file, where they belong to the database. Where the database is new they do from now on, and a file is made
/// where there is none.
///
/// # Errors
/// Where they do not belong to it, or one of both cannot be used.
pub async fn fitting_key(db: &Db, path: &Path) -> Result<Encryption, KeyFitError> {
    let noted = key_marks::current(db).await?;
    if !path.exists() {
        let mark = match &noted {
            Some(noted) => Some(noted.encryption.clone()),
            None => any_sealed(db).await?.then(|| "unknown".to_owned()),
        };
        if let Some(mark) = mark {
            return Err(KeyFitError::Missing { path: path.to_owned(), mark });
        }
    }
    let encryption = Encryption::of_file(path)?;
    fits(db, &encryption, path, noted).await?;
    Ok(encryption)
}

/// The keys of this file, which has to be there, where they belong to the database.
///
/// # Errors
/// As [`fitting_key`].
pub async fn existing_key(db: &Db, path: &Path) -> Result<Encryption, KeyFitError> {
    let encryption = Encryption::of_existing_file(path)?;
    fits(db, &encryption, path, key_marks::current(db).await?).await?;
    Ok(encryption)
}

async fn fits(db: &Db, encryption: &Encryption, path: &Path, noted: Option<KeyMarks>) -> Result<(), KeyFitError> {
    let noted = match noted {
        Some(noted) => noted,
        None => {
            // An older version has used it, or nobody: what is sealed says whose it is.
            let found = count(db, encryption, true).await?;
            if found.opens == 0 && found.stays_closed > 0 {
                return Err(other(encryption, path, "unknown".into()));
            }
            let mut tx = db.begin().await?;
            key_marks::put_first(&mut tx, &marks(encryption)).await?;
            tx.commit().await?;
            // Another replica may have been first, with another file.
            key_marks::current(db).await?.unwrap_or_else(|| marks(encryption))
        }
    };
    let knows = encryption.marks().0 == noted.hash && encryption.keys().1.contains(&noted.encryption);
    if knows { Ok(()) } else { Err(other(encryption, path, noted.encryption)) }
}

fn other(encryption: &Encryption, path: &Path, mark: String) -> KeyFitError {
    KeyFitError::Other { path: path.to_owned(), found: encryption.marks().1, mark }
}

fn marks(encryption: &Encryption) -> KeyMarks {
    let (hash, encryption) = encryption.marks();
    KeyMarks { hash, encryption }
}

async fn any_sealed(db: &Db) -> Result<bool, StoreError> {
    for column in SEALED {
        if !page(db, column, "").await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How much of what is sealed these keys open; where `any` is asked for, only until one has opened.
pub(in crate::app) async fn count(db: &Db, encryption: &Encryption, any: bool) -> Result<Opens, StoreError> {
    let mut found = Opens::default();
    for column in SEALED {
        let mut after = String::new();
        loop {
            let rows = page(db, column, &after).await?;
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            for (owner, sealed) in &rows {
                match encryption.reencrypt(&format!("{}{owner}", column.prefix), sealed) {
                    Reencrypted::Still | Reencrypted::Anew(_) => found.opens += 1,
                    Reencrypted::Lost => found.stays_closed += 1,
                }
                if any && found.opens > 0 {
                    return Ok(found);
                }
            }
        }
    }
    Ok(found)
}

/// Goes on with this key file from now on, after the right one was lost or stolen; a new file is made where there is none, for
/// the owner of the database's file, on PostgreSQL of the folder. How much it opens; what it does not open stays as it is.
///
/// # Errors
/// Where the file or the database cannot be used.
pub async fn adopt_key(db: &Db, path: &Path) -> Result<Opens, KeyFitError> {
    let is_new = !path.exists();
    let encryption = Encryption::of_file(path)?;
    if is_new {
        // The service has to read it, and it is root who runs this.
        let model = match db {
            Db::Sqlite { file, .. } => file.path(),
            Db::Postgres(_) => files::folder(path),
        };
        files::give_to_owner_of(path, model);
    }
    let opens = count(db, &encryption, false).await?;
    let mut tx = db.begin().await?;
    key_marks::put(&mut tx, &marks(&encryption)).await?;
    tx.commit().await?;
    Ok(opens)
}

/// How much of what is sealed the file's keys open; all of it stays closed where there is no file.
///
/// # Errors
/// Where the file holds no key, or the database does not answer.
pub async fn would_open(db: &Db, path: &Path) -> Result<Opens, KeyFitError> {
    match Encryption::of_existing_file(path) {
        Ok(encryption) => Ok(count(db, &encryption, false).await?),
        Err(KeyError::Missing(_)) => {
            let found = count(db, &Encryption::new(&crate::encryption::new_bytes()), false).await?;
            Ok(found)
        }
        Err(error) => Err(error.into()),
    }
}
