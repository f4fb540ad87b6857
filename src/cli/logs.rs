//! Logging: as text or JSON, never with people's messages.

use std::panic;

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::EnvFilter;

/// Starts logging to stderr; `filter` sets the level per module.
pub(super) fn start(filter: &str, json: bool) {
    let filter = EnvFilter::builder().parse_lossy(filter);
    // Colours only on a terminal: in a journal or a file they would be escape codes.
    let colours = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    // Reporting a failed write on the same closed output would panic.
    let logs = logs.log_internal_errors(false);
    let started = if json { logs.json().try_init() } else { logs.try_init() };
    if started.is_err() {
        tracing::warn!("logging had been started before");
    }
}

/// Logs only the location of a panic: its message may quote a person's words.
pub(super) fn quiet_panics() {
    panic::set_hook(Box::new(|info| match info.location() {
        Some(place) => tracing::error!(file = place.file(), line = place.line(), "panic"),
        None => tracing::error!("panic"),
    }));
}
