//! Configuration: flags and environment, read here and nowhere else.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::Args;
use secrecy::SecretString;

/// Where things are kept; the same for every subcommand.
#[derive(Debug, Clone, Args)]
pub struct HouseConfig {
    /// The database: a file, made where it is not there, or a PostgreSQL server.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:ventanilla.db", global = true, hide_env_values = true)]
    pub database_url: String,
    /// The file with the key that seals what leads back to people; made where it is not there. Keep it apart from the database.
    #[arg(long, env = "VENTANILLA_KEY_FILE", default_value = "ventanilla.key", global = true)]
    pub key_file: PathBuf,
    /// The time zone in which days are counted.
    #[arg(long, env = "VENTANILLA_TIME_ZONE", default_value = "America/Santiago", global = true)]
    pub time_zone: Tz,
}

/// How the doors are opened.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeConfig {
    /// Address of the web chat and the health page [default: 127.0.0.1:8080]
    #[arg(long, env = "VENTANILLA_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Whether people reach the web chat by https; then its cookie is never sent without.
    #[arg(long, env = "VENTANILLA_HTTPS")]
    pub https: bool,
    /// The bot's token, from @BotFather. Without it Telegram is off.
    #[arg(long, env = "TELEGRAM_BOT_TOKEN", hide_env_values = true)]
    pub telegram_bot_token: Option<SecretString>,
    /// Another Bot API server than Telegram's own.
    #[arg(long, env = "TELEGRAM_API_URL")]
    pub telegram_api_url: Option<String>,
    /// The public https address of this server; with it Telegram brings updates to /telegram/webhook, without it they are fetched.
    #[arg(long, env = "TELEGRAM_WEBHOOK_URL")]
    pub telegram_webhook_url: Option<String>,
    /// A secret that Telegram shows with each update; needed with a webhook. 16 to 256 letters, digits, _ and -.
    #[arg(long, env = "TELEGRAM_WEBHOOK_SECRET", hide_env_values = true)]
    pub telegram_webhook_secret: Option<SecretString>,
    /// Write logs as JSON.
    #[arg(long, env = "VENTANILLA_LOG_JSON")]
    pub log_json: bool,
}

impl ServeConfig {
    /// Where the web chat listens.
    pub fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)))
    }
}
