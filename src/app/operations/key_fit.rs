//! Whether a key file belongs to a database. A key that opens nothing would make everything sealed look worthless, so nothing
//! starts with one.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::encryption::{KeyError, Resealed, Seal};
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
pub async fn fitting_key(db: &Db, path: &Path) -> Result<Seal, KeyFitError> {
    let noted = key_marks::current(db).await?;
    if !path.exists() {
        let mark = match &noted {
            Some(noted) => Some(noted.seal.clone()),
            None => any_sealed(db).await?.then(|| "unknown".to_owned()),
        };
        if let Some(mark) = mark {
            return Err(KeyFitError::Missing { path: path.to_owned(), mark });
        }
    }
    let seal = Seal::of_file(path)?;
    fits(db, &seal, path, noted).await?;
    Ok(seal)
}

/// The keys of this file, which has to be there, where they belong to the database.
///
/// # Errors
/// As [`fitting_key`].
pub async fn existing_key(db: &Db, path: &Path) -> Result<Seal, KeyFitError> {
    let seal = Seal::of_existing_file(path)?;
    fits(db, &seal, path, key_marks::current(db).await?).await?;
    Ok(seal)
}

async fn fits(db: &Db, seal: &Seal, path: &Path, noted: Option<KeyMarks>) -> Result<(), KeyFitError> {
    let noted = match noted {
        Some(noted) => noted,
        None => {
            // An older version has used it, or nobody: what is sealed says whose it is.
            let found = count(db, seal, true).await?;
            if found.opens == 0 && found.stays_closed > 0 {
                return Err(other(seal, path, "unknown".into()));
            }
            let mut tx = db.begin().await?;
            key_marks::put_first(&mut tx, &marks(seal)).await?;
            tx.commit().await?;
            // Another replica may have been first, with another file.
            key_marks::current(db).await?.unwrap_or_else(|| marks(seal))
        }
    };
    let knows = seal.marks().0 == noted.hash && seal.keys().1.contains(&noted.seal);
    if knows { Ok(()) } else { Err(other(seal, path, noted.seal)) }
}

fn other(seal: &Seal, path: &Path, mark: String) -> KeyFitError {
    KeyFitError::Other { path: path.to_owned(), found: seal.marks().1, mark }
}

fn marks(seal: &Seal) -> KeyMarks {
    let (hash, seal) = seal.marks();
    KeyMarks { hash, seal }
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
///
/// # Errors
/// Where the database does not answer.
pub(in crate::app) async fn count(db: &Db, seal: &Seal, any: bool) -> Result<Opens, StoreError> {
    let mut found = Opens::default();
    for column in SEALED {
        let mut after = String::new();
        loop {
            let rows = page(db, column, &after).await?;
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            for (owner, sealed) in &rows {
                match seal.reseal(&format!("{}{owner}", column.prefix), sealed) {
                    Resealed::Still | Resealed::Anew(_) => found.opens += 1,
                    Resealed::Lost => found.stays_closed += 1,
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
    let seal = Seal::of_file(path)?;
    if is_new {
        // The service has to read it, and it is root who runs this.
        let model = match db {
            Db::Sqlite { file, .. } => file.path(),
            Db::Postgres(_) => files::folder(path),
        };
        files::give_to_owner_of(path, model);
    }
    let opens = count(db, &seal, false).await?;
    let mut tx = db.begin().await?;
    key_marks::put(&mut tx, &marks(&seal)).await?;
    tx.commit().await?;
    Ok(opens)
}

/// How much of what is sealed the file's keys open; all of it stays closed where there is no file.
///
/// # Errors
/// Where the file holds no key, or the database does not answer.
pub async fn would_open(db: &Db, path: &Path) -> Result<Opens, KeyFitError> {
    match Seal::of_existing_file(path) {
        Ok(seal) => Ok(count(db, &seal, false).await?),
        Err(KeyError::Missing(_)) => {
            let found = count(db, &Seal::new(&crate::encryption::new_bytes()), false).await?;
            Ok(found)
        }
        Err(error) => Err(error.into()),
    }
}
