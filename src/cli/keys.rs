//! `ventanilla keys`: replaces the key that seals.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;

use super::{Failure, open};
use crate::actions::{Patience, Rotation, rotate_keys};
use crate::config::HouseConfig;

/// What to do with the keys.
#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Replace the sealing key, also while ventanilla runs; where it was broken off it goes on
    Rotate {
        /// How many seconds to wait for replicas that do not know the new key
        #[arg(long, default_value_t = 300)]
        wait: u64,
    },
}

/// How long turns that have begun with the old key may take.
const TURNS: Duration = Duration::from_secs(10);

pub(super) async fn keys(config: &HouseConfig, command: &KeysCommand) -> Result<ExitCode, Failure> {
    let KeysCommand::Rotate { wait } = command;
    let house = open(config).await?;
    let patience = Patience { replicas: Duration::from_secs(*wait), turns: TURNS };
    let mut said = None;
    let mut told = |rotation: Rotation| {
        // The same thing is said once.
        if said.as_ref() != Some(&rotation) {
            let words = match &rotation {
                Rotation::WaitsFor(replicas) => format!("waiting for {} to know the new key", replicas.join(", ")),
                Rotation::SealedAnew(count) => format!("{count} sealed anew"),
            };
            // Nothing is lost where nobody reads.
            let _ = writeln!(anstream::stdout(), "{words}");
            said = Some(rotation);
        }
    };
    let done = rotate_keys(&house, patience, &mut told).await?;
    house.close().await;
    writeln!(
        anstream::stdout(),
        "The sealing key was replaced: {} values sealed anew, {} that no key opens. Make a new copy of {}.",
        done.anew,
        done.lost,
        config.key_file.display()
    )?;
    Ok(ExitCode::SUCCESS)
}
