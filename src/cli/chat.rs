//! `ventanilla chat`: a talk in the terminal.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use tokio::io::{BufReader, stdin};

use super::ask::language;
use super::open::{Failure, open};
use crate::config::AppConfig;
use crate::domain::text::lang::Lang;
use crate::encryption::new_id;
use crate::terminal::{self, Settings};

/// Options of the talk.
#[derive(Debug, Args)]
pub(super) struct ChatArguments {
    /// The language that a phone would propose
    #[arg(long, value_parser = language)]
    lang: Option<Lang>,
    /// Write the talk into this file as a test
    #[arg(long)]
    record: Option<PathBuf>,
}

pub(super) async fn chat(config: &AppConfig, arguments: &ChatArguments) -> Result<ExitCode, Failure> {
    let app = open(config).await?;
    let settings = Settings { address: new_id(), lang: arguments.lang, record: arguments.record.clone() };
    terminal::talk(&app, BufReader::new(stdin()), &mut anstream::stdout(), &settings).await?;
    app.close().await;
    Ok(ExitCode::SUCCESS)
}
