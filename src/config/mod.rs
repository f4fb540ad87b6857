//! Configuration: flags, environment and a file, read only in this module.

mod layers;
mod paths;
mod webhook;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::Args;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

pub use self::layers::{Layers, Origin, Setting, Settled, Unsettled, environment, environment_names, settle};

/// Storage settings, common to every subcommand.
#[derive(Debug, Clone, Args)]
pub struct AppConfig {
    /// A TOML file with settings. Flags and the environment come before it.
    #[arg(long, env = "VENTANILLA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The database: a file, made where it is not there, or a PostgreSQL server.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:ventanilla.db", value_parser = database, hide_env_values = true)]
    pub database_url: String,
    /// Whether the database is configured; the default one need not exist.
    #[arg(skip)]
    pub names_database: bool,
    /// The file with the key that seals what leads back to people; made where it is not there. Keep it apart from the database.
    #[arg(long, env = "VENTANILLA_KEY_FILE", default_value = "ventanilla.key")]
    pub key_file: PathBuf,
    /// The time zone in which days are counted.
    #[arg(long, env = "VENTANILLA_TIME_ZONE", default_value = "America/Santiago", value_parser = time_zone)]
    pub time_zone: Tz,
}

/// Settings of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeConfig {
    /// Address of the web chat, /health and /ready.
    #[arg(long, env = "VENTANILLA_LISTEN", default_value = "127.0.0.1:8080", value_parser = address)]
    pub listen: SocketAddr,
    /// Address of /metrics for Prometheus. Without it nothing is measured.
    #[arg(long, env = "VENTANILLA_METRICS_LISTEN", value_parser = address)]
    pub metrics_listen: Option<SocketAddr>,
    /// Whether people reach the web chat by https; then its cookie is never sent without.
    #[arg(long, env = "VENTANILLA_HTTPS")]
    pub https: bool,
    /// Whether a proxy of your own stands before the web chat, so that the last address in X-Forwarded-For is the visitor's.
    #[arg(long, env = "VENTANILLA_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// A name for this replica that no other has and that it keeps when it is started anew. Without it, it gets one at each start.
    #[arg(long, env = "VENTANILLA_REPLICA", value_parser = replica)]
    pub replica: Option<String>,
    /// The bot's token, from @BotFather. Without it Telegram is off.
    #[arg(long, env = "TELEGRAM_BOT_TOKEN", value_parser = bot_token, hide_env_values = true)]
    pub telegram_bot_token: Option<SecretString>,
    /// Another Bot API server than Telegram's own.
    #[arg(long, env = "TELEGRAM_API_URL", value_parser = web_address)]
    pub telegram_api_url: Option<String>,
    /// The public https address of this server; with it Telegram brings updates to /telegram/webhook, without it they are fetched.
    #[arg(long, env = "TELEGRAM_WEBHOOK_URL", value_parser = webhook_address)]
    pub telegram_webhook_url: Option<String>,
    /// A secret that Telegram shows with each update; needed with a webhook. 16 to 256 letters, digits, _ and -.
    #[arg(long, env = "TELEGRAM_WEBHOOK_SECRET", value_parser = webhook_secret, hide_env_values = true)]
    pub telegram_webhook_secret: Option<SecretString>,
    /// How many messages a second go out at the most. Telegram takes some thirty from a bot: several replicas share them.
    #[arg(long, env = "TELEGRAM_PACE", default_value = "25", value_parser = pace)]
    pub telegram_pace: NonZeroU32,
    /// Write logs as JSON.
    #[arg(long, env = "VENTANILLA_LOG_JSON")]
    pub log_json: bool,
    /// How much is logged: error, warn, info, debug or trace, also by part: `warn,ventanilla=debug`.
    #[arg(long, env = "RUST_LOG", default_value = "info", value_parser = log_filter)]
    pub log: String,
}

fn database(text: &str) -> Result<String, String> {
    let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme));
    if !known {
        return Err("write sqlite:<file> or postgres://user:password@host/database".into());
    }
    match text.strip_prefix("sqlite:") {
        Some(file) => sqlite_file(file).map(|()| text.to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// Rejects databases that SQLite accepts but that would not persist or could not be written.
fn sqlite_file(file: &str) -> Result<(), String> {
    let (path, how) = file.split_once('?').unwrap_or((file, ""));
    match path.strip_prefix("//").unwrap_or(path) {
        "" => return Err("name a file: sqlite:<file>".into()),
        ":memory:" => return Err("a database in memory is lost at the end; name a file: sqlite:<file>".into()),
        _ => {}
    }
    match how.split('&').find(|how| !matches!(*how, "" | "mode=rw" | "mode=rwc" | "cache=private")) {
        None => Ok(()),
        Some("mode=ro") => Err("a database that is read only cannot be used; leave out ?mode=ro".into()),
        Some(_) => Err("leave out what stands behind the question mark".into()),
    }
}

fn time_zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "write a zone's name such as America/Santiago".into())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address and a port, such as 127.0.0.1:8080".into())
}

fn web_address(text: &str) -> Result<String, String> {
    let known = text.starts_with("https://") || text.starts_with("http://");
    if known { Ok(text.to_owned()) } else { Err("write an address that begins with https://".into()) }
}

/// Base URL of the webhook; the path is added to it. Protocol and port are checked in `webhook::flaw`, which also knows
/// whether the Bot API server is Telegram's.
fn webhook_address(text: &str) -> Result<String, String> {
    const PATH: &str = "/telegram/webhook";
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return Err("write an address that begins with https://".into());
    };
    if rest.trim_end_matches('/').ends_with(PATH) {
        return Err(format!("write the address without {PATH}, which is added to it"));
    }
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || rest.contains(['?', '#', '@', ' ']) {
        return Err("write a host's address, such as https://bot.example.org".into());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn replica(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let fits = (1..=100).contains(&text.len()) && text.chars().all(plain);
    if fits { Ok(text.to_owned()) } else { Err("write 1 to 100 letters, digits, _, -, . and :".into()) }
}

fn bot_token(text: &str) -> Result<SecretString, String> {
    let number = text.split_once(':').is_some_and(|(number, rest)| number.parse::<u64>().is_ok() && !rest.is_empty());
    if number { Ok(text.into()) } else { Err("write it as @BotFather gives it: 123456:ABC…".into()) }
}

fn webhook_secret(text: &str) -> Result<SecretString, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let fits = (16..=256).contains(&text.len()) && text.chars().all(plain);
    if fits { Ok(text.into()) } else { Err("write 16 to 256 letters, digits, _ and -".into()) }
}

fn pace(text: &str) -> Result<NonZeroU32, String> {
    text.parse().map_err(|_| "write a whole number from 1 on".into())
}

fn log_filter(text: &str) -> Result<String, String> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    // A word that is no level would be taken as a module's name: nothing would be logged.
    let level =
        |part: &str| LEVELS.contains(&part.rsplit('=').next().unwrap_or_default().trim().to_lowercase().as_str());
    let filter = EnvFilter::try_new(text).is_ok() && text.split(',').all(level);
    let words = "write error, warn, info, debug or trace, or parts such as warn,ventanilla=debug";
    if filter { Ok(text.to_owned()) } else { Err(words.into()) }
}

impl ServeConfig {
    /// Contradictions between settings, in words for the operator.
    pub fn contradictions(&self) -> Vec<String> {
        let webhook = self.telegram_webhook_url.is_some();
        let checks = [
            (
                webhook && self.telegram_webhook_secret.is_none(),
                "telegram_webhook_url needs telegram_webhook_secret beside it",
            ),
            (webhook && self.telegram_bot_token.is_none(), "telegram_webhook_url needs telegram_bot_token beside it"),
            (
                self.metrics_listen == Some(self.listen) && self.listen.port() != 0,
                "metrics_listen must be another address than listen: the measures are not for everybody",
            ),
        ];
        let flaw = |url: &String| webhook::flaw(url, self.telegram_api_url.is_some());
        let address = self.telegram_webhook_url.as_ref().and_then(flaw);
        let checks = checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, words)| words.to_owned());
        checks.chain(address).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_would_be_lost_or_could_not_be_written_is_refused() {
        for fits in ["sqlite:v.db", "sqlite:///var/v.db", "sqlite:v.db?mode=rwc", "postgres://u:p@h/d?sslmode=require"]
        {
            assert_eq!(database(fits).as_deref(), Ok(fits));
        }
        for wrong in
            ["sqlite:", "sqlite::memory:", "sqlite://:memory:", "sqlite:v.db?mode=memory", "sqlite:v.db?mode=ro"]
        {
            assert!(database(wrong).is_err(), "{wrong}");
        }
        assert!(database("sqlite:v.db?immutable=1").is_err() && database("mysql://h/d").is_err());
    }

    #[test]
    fn an_address_that_is_none_or_holds_our_path_is_refused() {
        for fits in ["https://bot.example", "https://bot.example:8443", "https://bot.example/base", "https://[::1]:443"]
        {
            assert_eq!(webhook_address(fits).as_deref(), Ok(fits));
        }
        assert_eq!(webhook_address("https://bot.example/").as_deref(), Ok("https://bot.example"));
        for wrong in [
            "https://bot.example/telegram/webhook",
            "https://bot.example/telegram/webhook/",
            "https://",
            "https://bot.example?x",
            "bot.example",
        ] {
            assert!(webhook_address(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_filter_that_would_log_nothing_is_refused() {
        for fits in ["info", "WARN", "warn,ventanilla=debug", "off"] {
            assert_eq!(log_filter(fits).as_deref(), Ok(fits));
        }
        for wrong in ["loud", "ventanilla", "info,loud", "ventanilla=loud", ""] {
            assert!(log_filter(wrong).is_err(), "{wrong}");
        }
    }
}
