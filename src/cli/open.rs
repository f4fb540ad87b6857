//! Opening what a subcommand works with.

use crate::app::{App, OpenError};
use crate::clock::Clock;
use crate::config::AppConfig;

/// A subcommand that did not succeed: what to tell the person.
pub(super) type Failure = Box<dyn std::error::Error>;

/// What `serve`, `chat` and `ask` work with; they make a database where there is none. No other command does: it would work on
/// an empty one where a path was mistyped, and say that all is well.
pub(super) async fn open(config: &AppConfig) -> Result<App, OpenError> {
    App::open(&config.database_url, &config.key_file, Clock::System, config.time_zone).await
}

/// What every other command works with: the database and the key file have to be there.
pub(super) async fn open_existing(config: &AppConfig) -> Result<App, OpenError> {
    App::open_existing(&config.database_url, &config.key_file, Clock::System, config.time_zone).await
}
