//! Logs: for people or as JSON, and never with what people said.

use std::panic;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Starts logging to the error output; `RUST_LOG` says how much.
pub(super) fn start(json: bool) {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
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
