//! Errors of the store, worded for the people who run the program.

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

/// A database operation that failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused the statement or was unreachable.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// The schema could not be migrated.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds an invalid value, which this program did not write.
    #[error("corrupt: {table}.{column} holds `{value}`")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The value; never anything about a person.
        value: String,
    },
    /// The commit that this change was part of failed.
    #[error("the commit that this was part of failed")]
    Together,
    /// The database did not answer in time; the change may or may not have been made.
    #[error("the database did not answer within {} s", .0.as_secs())]
    Late(Duration),
    /// A file that SQLite cannot use.
    #[error("{} cannot be used: {error}{advice}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// SQLite's error.
        error: Box<sqlx::Error>,
        /// What to do, if known.
        advice: &'static str,
    },
    /// There is no database where one was expected.
    #[error(
        "there is no database of ventanilla: {0}. Give the right one (--database-url, DATABASE_URL or database_url); \
         `ventanilla serve` makes a new one"
    )]
    Missing(String),
    /// The database belongs to another program.
    #[error("{0} holds tables of another program: give ventanilla a database of its own")]
    Foreign(String),
    /// The path of the open file no longer leads to it.
    #[error(
        "{} was moved, deleted or replaced while it was open: nothing more is written. Put it back. Do not start \
         ventanilla while it is away", .0.display()
    )]
    Moved(PathBuf),
    /// SQLite's log exists without its database file.
    #[error(
        "{} lies there without {}: it holds what was written last, which a new database would lose. Put the file back under \
         this name. Where it is lost for ever, move the log away, or restore a backup", .log.display(), .file.display()
    )]
    LogAlone {
        /// The file that is missing.
        file: PathBuf,
        /// Its log.
        log: PathBuf,
    },
    /// PostgreSQL does not answer, or refuses the connection.
    #[error("PostgreSQL at {place} {cause}")]
    Server {
        /// Its host and port, or its socket.
        place: String,
        /// What went wrong, in words.
        cause: String,
    },
    /// Another process holds a role that only one may hold.
    #[error("{0}")]
    Served(String),
    /// A schema that does not match.
    #[error("{0}")]
    Schema(String),
    /// An address that is neither `sqlite:` nor `postgres:`.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Address,
}

impl StoreError {
    /// Whether a foreign key refers to a row that does not exist.
    pub fn is_missing_key(&self) -> bool {
        self.database_error().is_some_and(|error| error.is_foreign_key_violation())
    }

    /// Whether there is no database where one was expected.
    pub fn is_missing(&self) -> bool {
        matches!(self, StoreError::Missing(_))
    }

    /// Whether the database refused the statement for a reason other than a timeout.
    pub fn is_refusal(&self) -> bool {
        // Cancelled by the statement timeout; no lock in time; idle in a transaction for too long.
        const LATE: [&str; 3] = ["57014", "55P03", "25P03"];
        self.database_error().is_some_and(|error| !error.code().is_some_and(|code| LATE.contains(&&*code)))
    }

    /// Whether a text holds a NUL, which PostgreSQL rejects and SQLite accepts; no key or name contains one.
    pub fn is_no_text(&self) -> bool {
        const NO_TEXT: &str = "22021";
        self.database_error().is_some_and(|error| error.code().is_some_and(|code| code == NO_TEXT))
    }

    /// Whether a row violates a constraint of the schema; the database itself is healthy.
    pub fn breaks_a_rule(&self) -> bool {
        self.database_error().is_some_and(|error| !matches!(error.kind(), sqlx::error::ErrorKind::Other))
    }

    pub(in crate::store) fn database_error(&self) -> Option<&dyn sqlx::error::DatabaseError> {
        match self {
            StoreError::Sql(error) => error.as_database_error(),
            StoreError::Migration(_)
            | StoreError::Corrupt { .. }
            | StoreError::Address
            | StoreError::Together
            | StoreError::Late(_)
            | StoreError::File { .. }
            | StoreError::Missing(_)
            | StoreError::Foreign(_)
            | StoreError::Moved(_)
            | StoreError::LogAlone { .. }
            | StoreError::Server { .. }
            | StoreError::Served(_)
            | StoreError::Schema(_) => None,
        }
    }
}
