//! `ventanilla backup`, `restore` and `move`: copies the database, puts a copy back, and moves to PostgreSQL.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::keys::say_which_key_fits;
use super::open::Failure;
use crate::app::{MoveError, backup, move_database, restore};
use crate::clock::Clock;
use crate::config::AppConfig;
use crate::store::Db;
use crate::store::operations::sqlite_file;

/// Target of a backup.
#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// A file that is not there yet
    file: PathBuf,
}

/// Backup to restore.
#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// A file that `ventanilla backup` has written
    file: PathBuf,
    /// Put the database that is there aside
    #[arg(long)]
    yes: bool,
}

/// Target of a move.
#[derive(Debug, Args)]
pub(super) struct MoveArguments {
    /// An empty PostgreSQL database: postgres://user:password@host/database
    #[arg(long)]
    to: String,
}

pub(super) async fn back_up(config: &AppConfig, arguments: &BackupArguments) -> Result<ExitCode, Failure> {
    backup(&config.database_url, &arguments.file).await?;
    let mut out = anstream::stdout();
    writeln!(out, "Written: {}", arguments.file.display())?;
    writeln!(out, "Keep {} as well, and somewhere else.", config.key_file.display())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn bring_back(config: &AppConfig, arguments: &RestoreArguments) -> Result<ExitCode, Failure> {
    let before = restore(&config.database_url, &arguments.file, arguments.yes, &Clock::System).await?;
    let mut out = anstream::stdout();
    writeln!(out, "Restored: {}", arguments.file.display())?;
    if let Some(before) = before {
        writeln!(out, "What was there before: {}", before.display())?;
        writeln!(out, "It holds people's data: delete it, and what is beside it, when it is not needed any more.")?;
    }
    say_which_key_fits(&config.database_url, &config.key_file).await?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn move_app(config: &AppConfig, arguments: &MoveArguments) -> Result<ExitCode, Failure> {
    let is_file = |address: &str| sqlite_file::file_of(address).is_ok();
    // Check before opening anything, because opening creates a missing file.
    if !is_file(&config.database_url) || is_file(&arguments.to) {
        return Err(MoveError::Direction.into());
    }
    let file = sqlite_file::existing_file_of(&config.database_url)?;
    if !sqlite_file::is_free(&file).await? {
        return Err(format!("{} is being used: stop ventanilla first", file.display()).into());
    }
    let (from, to) = (Db::open_existing(&config.database_url).await?, Db::open(&arguments.to).await?);
    let moved = move_database(&from, &to).await?;
    let mut out = anstream::stdout();
    for table in &moved {
        writeln!(out, "{:>9}  {}", table.rows, table.table)?;
    }
    let rows: i64 = moved.iter().map(|table| table.rows).sum();
    writeln!(out, "{rows} rows of {} tables were moved and compared.", moved.len())?;
    writeln!(
        out,
        "From now on start ventanilla with DATABASE_URL set to the new database, and with the same key file."
    )?;
    from.close().await;
    to.close().await;
    say_which_key_fits(&arguments.to, &config.key_file).await?;
    Ok(ExitCode::SUCCESS)
}
