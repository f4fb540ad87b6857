//! Checks that a key file belongs to the database. With a wrong key all encrypted values would look worthless, so the
//! program does not start with one.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::encryption::{Encryption, KeyError, Reencrypted};
use crate::files;
use crate::store::operations::encrypted_columns::{SEALED, page};
use crate::store::operations::key_marks::{self, KeyMarks};
use crate::store::{Db, StoreError};

/// A key file that must not be used with this database.
#[derive(Debug, Error)]
pub enum KeyFitError {
    /// The file is missing, and the database was used with one.
    #[error(
        "there is no key file {}, and this database was used with one (mark {mark}): bring it back. \
         Where it is lost for ever: ventanilla keys adopt", .path.display()
    )]
    Missing {
        /// Where the file should be.
        path: PathBuf,
        /// Mark of the database's key; `unknown` after use by an older version.
        mark: String,
    },
    /// The file holds another key.
    #[error(
        "the key file {} (mark {found}) is not the one of this database (mark {mark}): bring back the right one, or \
         give the right database. Where the right one is lost for ever: ventanilla keys adopt", .path.display()
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// Mark of the file's key.
        found: String,
        /// Mark of the database's key.
        mark: String,
    },
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How many encrypted values can be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opens {
    /// Values that can be decrypted.
    pub opens: usize,
    /// Values that no key of the file decrypts.
    pub stays_closed: usize,
}

/// The file's keys, if they belong to the database. A new database takes them as its own; a missing file is created.
///
/// # Errors
/// Where they do not belong to it, or the database or the file cannot be used.
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

/// The keys of an existing file, if they belong to the database.
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
            // New, or last used by an older version: try the keys on the encrypted values.
            let found = count(db, encryption, true).await?;
            if found.opens == 0 && found.stays_closed > 0 {
                return Err(other(encryption, path, "unknown".into()));
            }
            let mut tx = db.begin().await?;
            key_marks::put_first(&mut tx, &marks(encryption)).await?;
            tx.commit().await?;
            // Another replica may have stored its marks first, with another file.
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

/// Counts the encrypted values these keys decrypt; with `any`, stops at the first that is decrypted.
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

/// Makes this key file the database's own, after the right one was lost or stolen. A missing file is created, for the
/// owner of the database file (on PostgreSQL, of the folder). Values that it cannot decrypt stay unchanged.
///
/// # Errors
/// Where the file or the database cannot be used.
pub async fn adopt_key(db: &Db, path: &Path) -> Result<Opens, KeyFitError> {
    let is_new = !path.exists();
    let encryption = Encryption::of_file(path)?;
    if is_new {
        // The service must be able to read the file, though root runs this command.
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

/// Counts the encrypted values that the file's keys decrypt; none where the file is missing.
///
/// # Errors
/// Where the file holds no key, or the database fails.
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
