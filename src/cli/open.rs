//! Opens the `App` for a subcommand, with or without creating the database.

use crate::app::{App, OpenError};
use crate::clock::Clock;
use crate::config::AppConfig;

/// Error of a subcommand, printed to the user.
pub(super) type Failure = Box<dyn std::error::Error>;

/// Opens the app for `serve`, `chat` and `ask`, creating a missing database. Other commands must not create one: with
/// a mistyped path they would work on an empty database and report success.
pub(super) async fn open(config: &AppConfig) -> Result<App, OpenError> {
    App::open(&config.database_url, &config.key_file, Clock::System, config.time_zone).await
}

/// Opens the app for all other commands; the database and the key file must exist.
pub(super) async fn open_existing(config: &AppConfig) -> Result<App, OpenError> {
    App::open_existing(&config.database_url, &config.key_file, Clock::System, config.time_zone).await
}
