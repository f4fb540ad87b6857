//! What a database could not do, in words for those who run the program.

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

/// A database that could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or was not there.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row makes no sense: something else than this program wrote it.
    #[error("corrupt: {table}.{column} holds `{value}`")]
    Corrupt {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// What it holds; never anything about a person.
        value: String,
    },
    /// What was to be written in the same commit could not be.
    #[error("the commit that this was part of failed")]
    Together,
    /// The database did not answer in time; what was asked may have been done or not.
    #[error("the database did not answer within {} s", .0.as_secs())]
    Late(Duration),
    /// A file that SQLite cannot use.
    #[error("{} cannot be used: {error}{advice}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        error: Box<sqlx::Error>,
        /// What to do, where that is known.
        advice: &'static str,
    },
    /// There is no database where one was to be found.
    #[error(
        "there is no database of ventanilla: {0}. Give the right one (--database-url, DATABASE_URL or database_url); \
         `ventanilla serve` makes a new one"
    )]
    Missing(String),
    /// There is a database, but somebody else's.
    #[error("{0} holds tables of another program: give ventanilla a database of its own")]
    Foreign(String),
    /// The file that is open does not bear its name any more.
    #[error(
        "{} was moved, deleted or replaced while it was open: nothing more is written. Put it back. Do not start \
         ventanilla while it is away", .0.display()
    )]
    Moved(PathBuf),
    /// SQLite's log of a file lies there without the file.
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
    /// PostgreSQL does not answer, or does not let us in.
    #[error("PostgreSQL at {place} {cause}")]
    Server {
        /// Its host and port.
        place: String,
        /// What it does, in words.
        cause: String,
    },
    /// Somebody else does what only one may do.
    #[error("{0}")]
    Served(String),
    /// A schema that does not fit.
    #[error("{0}")]
    Schema(String),
    /// An address that is neither `sqlite:` nor `postgres:`.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Address,
}

impl StoreError {
    /// Whether something refers to a key that is not there.
    pub fn is_missing_key(&self) -> bool {
        self.database_error().is_some_and(|error| error.is_foreign_key_violation())
    }

    /// Whether there is no database where one was to be found.
    pub fn is_missing(&self) -> bool {
        matches!(self, StoreError::Missing(_))
    }

    /// Whether the database has answered and refused, and not because something took too long.
    pub fn is_refusal(&self) -> bool {
        // Cancelled by the statement timeout, no lock in time, idle in a transaction for too long.
        const LATE: [&str; 3] = ["57014", "55P03", "25P03"];
        self.database_error().is_some_and(|error| !error.code().is_some_and(|code| LATE.contains(&&*code)))
    }

    /// Whether something that was sent cannot be text of PostgreSQL: a NUL, which SQLite takes and nothing can be called by.
    pub fn is_no_text(&self) -> bool {
        const NO_TEXT: &str = "22021";
        self.database_error().is_some_and(|error| error.code().is_some_and(|code| code == NO_TEXT))
    }

    /// Whether what was to be written breaks a rule of the schema: the database itself is well.
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
