//! `ventanilla faq`: checks and loads what a municipality writes.

use std::process::ExitCode;

use clap::Subcommand;

use super::Failure;
use crate::config::HouseConfig;

/// What to do with it.
#[derive(Debug, Subcommand)]
pub(super) enum FaqCommand {
    /// Find what has to be mended
    Lint,
}

pub(super) async fn faq(_config: &HouseConfig, command: &FaqCommand) -> Result<ExitCode, Failure> {
    match command {
        FaqCommand::Lint => Ok(ExitCode::SUCCESS),
    }
}
