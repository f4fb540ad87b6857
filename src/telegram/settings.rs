//! Settings of the Telegram door, and what is wrong with them.

use std::num::NonZeroU32;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use super::client::WebhookAddressError;

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

impl Mode {
    /// Its name in logs.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Mode::Polling => "polling",
            Mode::Webhook { .. } => "webhook",
        }
    }

    /// Refuses a secret that Telegram would not take.
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
