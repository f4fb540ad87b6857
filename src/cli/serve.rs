//! `ventanilla serve`: opens the doors and keeps them open until it is told to stop.

use std::process::ExitCode;

use super::{Failure, logs, open};
use crate::config::{HouseConfig, ServeConfig};

pub(super) async fn serve(config: &HouseConfig, serve: &ServeConfig) -> Result<ExitCode, Failure> {
    logs::start(serve.log_json);
    let _house = open(config).await?;
    Ok(ExitCode::SUCCESS)
}
