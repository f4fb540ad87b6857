//! Logs: for people or as JSON, and never with what people said.

use std::panic;

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::EnvFilter;

/// Starts logging to the error output; `filter` says how much of which part.
pub(super) fn start(filter: &str, json: bool) {
    let filter = EnvFilter::builder().parse_lossy(filter);
    // Colours only for people: a journal or a file would hold their codes.
    let colours = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    // A line that cannot be written would be told on the same closed output, and that panics.
    let logs = logs.log_internal_errors(false);
    let started = if json { logs.json().try_init() } else { logs.try_init() };
    if started.is_err() {
        tracing::warn!("logging had been started before");
    }
}

/// A panic's own message may quote what a person wrote, so only its place is logged.
pub(super) fn quiet_panics() {
    panic::set_hook(Box::new(|info| match info.location() {
        Some(place) => tracing::error!(file = place.file(), line = place.line(), "panic"),
        None => tracing::error!("panic"),
    }));
}
