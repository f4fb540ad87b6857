//! Talks to the Bot API: teloxide's requests, with timeouts and refusals of our own.
//!
//! teloxide's own sending waits ten seconds inside the call after every 5xx, knows refusals only by their exact words,
//! and writes the token into its Debug output.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use teloxide::Bot;
use teloxide::requests::Payload;

use super::pace::Pace;
use crate::measures;

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Who talks to the Bot API.
#[derive(Clone)]
pub(super) struct Client {
    bot: Bot,
    pace: Arc<Pace>,
}

/// Why Telegram did not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Too much at once: wait so long.
    SlowDown(Duration),
    /// The chat has this number from now on.
    Moved(i64),
    /// The bot may not write there: blocked, put out, or the account is gone.
    Forbidden,
    /// Another program fetches this bot's updates, or brings them to its webhook.
    Conflict,
    /// The token is not, or no longer, a bot's.
    BadToken,
    /// It will never do this; in Telegram's own words, without what they quote.
    Never(String),
    /// Not now: a network that fails, a server that is not well.
    NotNow(&'static str),
}

/// An address that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address of the Bot API server must be an http or https address")]
pub struct BadAddress;

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    #[serde(default)]
    result: Value,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl Client {
    /// A client with this token, for Telegram's server or another, that sends so many messages a second at the most.
    pub fn new(token: &SecretString, api_url: Option<&str>, a_second: NonZeroU32) -> Result<Client, BadAddress> {
        let http = teloxide::net::default_reqwest_settings().timeout(PATIENCE).build().map_err(|_| BadAddress)?;
        let bot = Bot::with_client(token.expose_secret(), http);
        let bot = match api_url {
            None => bot,
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
                bot.set_api_url(url.parse().map_err(|_| BadAddress)?)
            }
            Some(_) => return Err(BadAddress),
        };
        Ok(Client { bot, pace: Arc::new(Pace::new(a_second)) })
    }

    /// The bot's number: it stands before the colon of its token, and is no secret.
    pub fn bot_id(&self) -> Option<i64> {
        self.bot.token().split_once(':')?.0.parse().ok()
    }

    /// Asks Telegram to do something.
    pub async fn ask<P: Payload + Serialize>(&self, request: &P) -> Result<Value, Refusal> {
        self.ask_for(P::NAME, request, PATIENCE).await
    }

    /// Sends or changes a message in a chat, when its turn has come.
    pub async fn say<P: Payload + Serialize>(&self, chat: i64, request: &P) -> Result<Value, Refusal> {
        self.pace.keep().await;
        let answer = self.ask(request).await;
        if let Err(Refusal::SlowDown(wait)) = answer {
            self.pace.refused(chat, wait);
        }
        answer
    }

    /// Asks Telegram to do something that may take so long.
    pub async fn ask_for(&self, method: &str, body: &impl Serialize, patience: Duration) -> Result<Value, Refusal> {
        let answer = self.call(method, body, patience).await;
        if let Err(refusal) = &answer {
            measures::refused(refusal.sort());
        }
        answer
    }

    async fn call(&self, method: &str, body: &impl Serialize, patience: Duration) -> Result<Value, Refusal> {
        let body = serde_json::to_vec(body).map_err(|_| Refusal::Never("not JSON".into()))?;
        let request = self.bot.client().post(self.method_url(method)).timeout(patience);
        let answer = request.header("content-type", "application/json").body(body).send().await;
        let answer = answer.map_err(|error| Refusal::NotNow(network(error.is_timeout(), error.is_connect())))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|_| Refusal::NotNow("the answer broke off"))?;
        read(status, &body)
    }

    fn method_url(&self, method: &str) -> String {
        let base = self.bot.api_url();
        format!("{}/bot{}/{method}", base.as_str().trim_end_matches('/'), self.bot.token())
    }
}

impl Refusal {
    /// Its sort, in a word for counting.
    fn sort(&self) -> &'static str {
        match self {
            Refusal::SlowDown(_) => "slow-down",
            Refusal::Moved(_) => "moved",
            Refusal::Forbidden => "forbidden",
            Refusal::Conflict => "conflict",
            Refusal::BadToken => "bad-token",
            Refusal::Never(_) => "refused",
            Refusal::NotNow(_) => "not-now",
        }
    }
}

fn network(timeout: bool, connect: bool) -> &'static str {
    match (timeout, connect) {
        (true, _) => "no answer in time",
        (false, true) => "no connection",
        (false, false) => "network trouble",
    }
}

fn read(status: u16, body: &[u8]) -> Result<Value, Refusal> {
    // A proxy in between answers with pages of its own.
    let Ok(answer) = serde_json::from_slice::<Answer>(body) else {
        return Err(Refusal::NotNow("not an answer of the Bot API"));
    };
    if answer.ok {
        return Ok(answer.result);
    }
    if let Some(Parameters { migrate_to_chat_id: Some(chat), .. }) = answer.parameters {
        return Err(Refusal::Moved(chat));
    }
    Err(match answer.error_code.unwrap_or(status) {
        429 => {
            let seconds = answer.parameters.and_then(|parameters| parameters.retry_after);
            Refusal::SlowDown(Duration::from_secs(seconds.unwrap_or(1).max(1)))
        }
        403 => Refusal::Forbidden,
        409 => Refusal::Conflict,
        401 | 404 => Refusal::BadToken,
        500.. => Refusal::NotNow("the Bot API server is not well"),
        _ => Refusal::Never(kind(&answer.description)),
    })
}

/// What kind of refusal it is, in Telegram's words up to where they quote what was sent.
fn kind(description: &str) -> String {
    let words = description.strip_prefix("Bad Request: ").unwrap_or(description);
    let words = words.split(" '").next().unwrap_or_default();
    let words =
        words.split(|c: char| c.is_ascii_digit() || matches!(c, ':' | '"' | '<' | '“')).next().unwrap_or_default();
    words.chars().take(80).collect::<String>().trim_end().to_owned()
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::SlowDown(wait) => write!(f, "too much at once, wait {} s", wait.as_secs()),
            Refusal::Moved(_) => f.write_str("the chat has a new number"),
            Refusal::Forbidden => f.write_str("not allowed to write there"),
            Refusal::Conflict => f.write_str("another program takes this bot's updates"),
            Refusal::BadToken => f.write_str("Telegram does not know this token"),
            Refusal::Never(kind) => write!(f, "refused: {kind}"),
            Refusal::NotNow(why) => f.write_str(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, body: &str) -> Refusal {
        read(status, body.as_bytes()).unwrap_err()
    }

    #[test]
    fn answers_are_read_by_their_code() {
        assert_eq!(read(200, br#"{"ok":true,"result":7}"#), Ok(Value::from(7)));
        let flood = r#"{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}"#;
        assert_eq!(refusal(429, flood), Refusal::SlowDown(Duration::from_secs(3)));
        let moved = r#"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1005}}"#;
        assert_eq!(refusal(400, moved), Refusal::Moved(-1005));
        let blocked = r#"{"ok":false,"error_code":403,"description":"Forbidden: of tomorrow"}"#;
        assert_eq!(refusal(403, blocked), Refusal::Forbidden);
        assert_eq!(refusal(409, r#"{"ok":false,"error_code":409,"description":"Conflict"}"#), Refusal::Conflict);
        assert_eq!(refusal(401, r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#), Refusal::BadToken);
        assert!(matches!(refusal(500, r#"{"ok":false,"error_code":500,"description":"x"}"#), Refusal::NotNow(_)));
        assert!(matches!(refusal(502, "<html>Bad Gateway</html>"), Refusal::NotNow(_)));
    }

    #[test]
    fn a_refusal_does_not_repeat_what_was_sent() {
        for (description, kept) in [
            (
                "Bad Request: can't parse entities: Unsupported start tag \"secret\" at byte offset 5",
                "can't parse entities",
            ),
            ("Bad Request: inline keyboard button URL 'http://x' is invalid", "inline keyboard button URL"),
            ("Bad Request: chat not found", "chat not found"),
        ] {
            assert_eq!(kind(description), kept);
        }
    }

    #[test]
    fn the_token_is_not_shown_and_its_number_is_known() {
        let client = Client::new(&"123:SECRET".into(), Some("http://127.0.0.1:1/api/"), NonZeroU32::MIN).unwrap();
        assert!(!format!("{client:?}").contains("SECRET"));
        assert_eq!(client.bot_id(), Some(123));
        assert_eq!(client.method_url("getMe"), "http://127.0.0.1:1/api/bot123:SECRET/getMe");
        assert_eq!(Client::new(&"1:A".into(), Some("ftp://x"), NonZeroU32::MIN).unwrap_err(), BadAddress);
    }

    #[tokio::test]
    async fn trouble_on_the_way_does_not_show_the_token() {
        let client = Client::new(&"123:SECRET".into(), Some("http://127.0.0.1:1"), NonZeroU32::MIN).unwrap();
        let refusal = client.ask(&teloxide::payloads::GetMe::new()).await.unwrap_err();
        assert!(!format!("{refusal} {refusal:?}").contains("SECRET"));
        assert!(matches!(refusal, Refusal::NotNow(_)));
    }
}
