//! The Telegram door: updates come in by long polling or a webhook, and everything goes out through the outbox.

mod client;
mod door;
mod incoming;
mod outgoing;
mod polling;
mod return_to;
mod setup;
pub mod webhook;

use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

use axum::Router;
use secrecy::SecretString;
use thiserror::Error;
use tokio::sync::watch;

pub use self::client::WebhookAddressError;

use self::client::Client;
use self::door::Door;
use self::outgoing::sender::Sender;
use crate::app::App;

/// What the door has to know.
#[derive(Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// Another Bot API server than Telegram's own.
    pub api_url: Option<String>,
    /// How updates come in.
    pub mode: Mode,
    /// How many messages this replica sends in a second at the most; Telegram's own limit is thirty for a bot.
    pub pace: NonZeroU32,
    /// A name for this replica that no other has and that stays the same when it is started anew.
    pub worker: String,
}

/// How updates come in.
#[derive(Debug)]
pub enum Mode {
    /// They are fetched.
    Polling,
    /// Telegram brings them.
    Webhook {
        /// The address by which Telegram reaches this server; https.
        public_url: String,
        /// What Telegram shows with each update.
        secret: SecretString,
    },
}

/// Settings that cannot be used; a person who starts the program reads this.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The Bot API server's address.
    #[error(transparent)]
    Address(#[from] WebhookAddressError),
    /// The token.
    #[error("the Telegram token must look like 123456:ABC…, as @BotFather gives it")]
    Token,
    /// The secret.
    #[error("the secret of the webhook must have 16 to 256 letters, digits, _ and -")]
    Secret,
}

/// The door, ready to be opened.
pub struct Telegram {
    door: Arc<Door>,
    mode: Mode,
    worker: String,
}

impl Telegram {
    /// Checks the settings; Telegram is not asked anything yet.
    ///
    /// # Errors
    /// Where they cannot be used.
    pub fn new(app: Arc<App>, settings: Settings) -> Result<Telegram, SettingsError> {
        let client = Client::new(&settings.token, settings.api_url.as_deref(), settings.pace)?;
        let bot_id = client.bot_id().ok_or(SettingsError::Token)?;
        settings.mode.check()?;
        let door = Arc::new(Door { app, client, bot_id, username: OnceLock::new() });
        Ok(Telegram { door, mode: settings.mode, worker: settings.worker })
    }

    /// The route by which Telegram brings updates; no route where they are fetched.
    pub fn routes(&self) -> Router {
        match &self.mode {
            Mode::Polling => Router::new(),
            Mode::Webhook { secret, .. } => webhook::routes(Arc::clone(&self.door), secret.clone()),
        }
    }

    /// Keeps the door open until `stop` is true; then finishes the turns in hand and sends their replies.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let Telegram { door, mode, worker } = self;
        let sender = Sender { app: Arc::clone(&door.app), client: door.client.clone(), worker };
        // The sender stops after the last turn, so that its replies still go out.
        let (turns_done, no_more_turns) = watch::channel(false);
        let sending = tokio::spawn(sender.run(no_more_turns));
        receive(door, &mode, stop).await;
        // Nobody listens only where the sender has stopped by itself.
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
        // An error means that nobody can say stop any more.
        Mode::Webhook { .. } => drop(stop.wait_for(|stop| *stop).await),
    }
    introducing.abort();
}

impl Mode {
    fn name(&self) -> &'static str {
        match self {
            Mode::Polling => "polling",
            Mode::Webhook { .. } => "webhook",
        }
    }

    fn check(&self) -> Result<(), SettingsError> {
        use secrecy::ExposeSecret;
        match self {
            Mode::Polling => Ok(()),
            Mode::Webhook { secret, .. } => {
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
                let secret = secret.expose_secret();
                let fits = (16..=256).contains(&secret.len()) && secret.chars().all(plain);
                if fits { Ok(()) } else { Err(SettingsError::Secret) }
            }
        }
    }
}
