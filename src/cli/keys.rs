//! `ventanilla keys`: rotates the encryption key, or adopts another key file.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;

use super::open::{Failure, open_existing};
use crate::app::{KeyFitError, Patience, Rotation, adopt_key, existing_key, rotate_keys, would_open};
use crate::config::AppConfig;
use crate::store::Db;

/// Subcommands of `keys`.
#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Replace the sealing key, also while ventanilla runs; where it was broken off it goes on
    Rotate {
        /// How many seconds to wait for replicas that do not know the new key
        #[arg(long, default_value_t = 300)]
        wait: u64,
    },
    /// Go on with the key file as it is, after the right one was lost or stolen; a new one is made where there is none
    Adopt {
        /// Do it; without this it is only said how much would stay closed
        #[arg(long)]
        yes: bool,
    },
}

/// Timeout for turns that began with the old key.
const TURNS: Duration = Duration::from_secs(10);

pub(super) async fn keys(config: &AppConfig, command: &KeysCommand) -> Result<ExitCode, Failure> {
    match command {
        KeysCommand::Rotate { wait } => rotate(config, *wait).await,
        KeysCommand::Adopt { yes } => adopt(config, *yes).await,
    }
}

/// Prints which key belongs to a database that was just written, and whether the key file holds it.
pub(super) async fn say_which_key_fits(database: &str, key_file: &Path) -> Result<(), Failure> {
    let db = Db::open_existing(database).await?;
    let words = match existing_key(&db, key_file).await {
        Ok(_) => format!("The key file {} belongs to it.", key_file.display()),
        Err(misfit @ KeyFitError::Other { .. }) => format!("Another key lies there: {misfit}"),
        Err(misfit) => format!("Its key is not there yet: {misfit}"),
    };
    db.close().await;
    writeln!(anstream::stdout(), "{words}")?;
    Ok(())
}

async fn adopt(config: &AppConfig, yes: bool) -> Result<ExitCode, Failure> {
    let (db, file) = (Db::open_existing(&config.database_url).await?, &config.key_file);
    let mut out = anstream::stdout();
    let found = if yes { adopt_key(&db, file).await? } else { would_open(&db, file).await? };
    db.close().await;
    writeln!(out, "{} opens {} values; {} stay closed.", file.display(), found.opens, found.stays_closed)?;
    if yes {
        writeln!(
            out,
            "It belongs to the database from now on. Values that stay closed are kept. Copy the file to a safe place."
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        out,
        "Nothing has changed. With --yes it belongs to the database from now on; chats known by another key begin anew."
    )?;
    Ok(ExitCode::SUCCESS)
}

async fn rotate(config: &AppConfig, wait: u64) -> Result<ExitCode, Failure> {
    let app = open_existing(config).await?;
    let patience = Patience { replicas: Duration::from_secs(wait), turns: TURNS };
    let mut said = None;
    let mut told = |rotation: Rotation| {
        // Do not repeat the same progress.
        if said.as_ref() != Some(&rotation) {
            let words = match &rotation {
                Rotation::WaitsFor(replicas) => format!("waiting for {} to know the new key", replicas.join(", ")),
                Rotation::SealedAnew(count) => format!("{count} sealed anew"),
            };
            // A closed output must not stop the rotation.
            let _ = writeln!(anstream::stdout(), "{words}");
            said = Some(rotation);
        }
    };
    let done = rotate_keys(&app, patience, &mut told).await?;
    app.close().await;
    writeln!(
        anstream::stdout(),
        "The sealing key was replaced: {} values sealed anew, {} that no key opens. Make a new copy of {}.",
        done.anew,
        done.lost,
        config.key_file.display()
    )?;
    Ok(ExitCode::SUCCESS)
}
