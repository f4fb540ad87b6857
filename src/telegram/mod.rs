//! The Telegram door: updates arrive by long polling or a webhook, and all messages are sent through the outbox.

mod client;
mod door;
mod incoming;
mod outgoing;
mod polling;
mod return_to;
mod settings;
mod setup;
pub mod webhook;

use std::sync::{Arc, OnceLock};

use axum::Router;
use tokio::sync::watch;

pub use self::client::WebhookAddressError;
pub use self::settings::{Mode, Settings, SettingsError};

use self::client::Client;
use self::door::Door;
use self::outgoing::sender::Sender;
use crate::app::App;

/// The door, before it is opened.
pub struct Telegram {
    door: Arc<Door>,
    mode: Mode,
    worker: String,
}

impl Telegram {
    /// Checks the settings, without calling Telegram.
    ///
    /// # Errors
    /// Where the settings are not valid.
    pub fn new(app: Arc<App>, settings: Settings) -> Result<Telegram, SettingsError> {
        let client = Client::new(&settings.token, settings.api_url.as_deref(), settings.pace)?;
        let bot_id = client.bot_id().ok_or(SettingsError::Token)?;
        settings.mode.check()?;
        let door = Arc::new(Door { app, client, bot_id, username: OnceLock::new() });
        Ok(Telegram { door, mode: settings.mode, worker: settings.worker })
    }

    /// The webhook's route; empty with polling.
    pub fn routes(&self) -> Router {
        match &self.mode {
            Mode::Polling => Router::new(),
            Mode::Webhook { secret, .. } => webhook::routes(Arc::clone(&self.door), secret.clone()),
        }
    }

    /// Runs the door until `stop` is true; then finishes the turns in progress and sends their replies.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let Telegram { door, mode, worker } = self;
        let sender = Sender { app: Arc::clone(&door.app), client: door.client.clone(), worker };
        // The sender stops after the last turn, so that its replies are still sent.
        let (turns_done, no_more_turns) = watch::channel(false);
        let sending = tokio::spawn(sender.run(no_more_turns));
        receive(door, &mode, stop).await;
        // This fails only if the sender has stopped by itself.
        let _ = turns_done.send(true);
        if sending.await.is_err() {
            tracing::error!("the sender broke down");
        }
    }
}

async fn receive(door: Arc<Door>, mode: &Mode, mut stop: watch::Receiver<bool>) {
    if matches!(mode, Mode::Polling) {
        door.app.telegram.polled(door.app.clock.now());
    }
    setup::arrive(&door, mode, &mut stop).await;
    let client = door.client.clone();
    let introducing = tokio::spawn(async move { setup::introduce(&client).await });
    match mode {
        Mode::Polling => polling::poll(door, stop).await,
        // An error means that the sender of `stop` is gone: stop as well.
        Mode::Webhook { .. } => drop(stop.wait_for(|stop| *stop).await),
    }
    introducing.abort();
}
