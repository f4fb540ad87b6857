//! Settings of the Telegram door, and their validation.

use std::num::NonZeroU32;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use super::client::WebhookAddressError;

/// Settings of the door.
#[derive(Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// A Bot API server other than Telegram's own.
    pub api_url: Option<String>,
    /// How updates arrive.
    pub mode: Mode,
    /// Most messages a second from this replica; Telegram's limit is 30 for a bot.
    pub pace: NonZeroU32,
    /// Unique name of this replica, the same after a restart.
    pub worker: String,
}

/// How updates arrive.
#[derive(Debug)]
pub enum Mode {
    /// By long polling.
    Polling,
    /// Telegram sends them to our webhook.
    Webhook {
        /// Public https URL of this server.
        public_url: String,
        /// Secret that Telegram sends with each update.
        secret: SecretString,
    },
}

/// Settings that are not valid; shown to the operator.
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

impl Mode {
    /// Its name in logs.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Mode::Polling => "polling",
            Mode::Webhook { .. } => "webhook",
        }
    }

    /// Rejects a secret that Telegram would refuse.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
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
