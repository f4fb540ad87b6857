//! Client of the Bot API: teloxide's requests, with our own timeouts and classification of refusals.
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
use serde_json::value::RawValue;
use teloxide::Bot;
use teloxide::requests::Payload;

use super::incoming::raw::{self, Received};
use super::outgoing::rate_limit::Pace;
use crate::bot::message::File;
use crate::metrics;

/// The only method whose refusals quote nothing but settings; its description is kept in full.
pub(super) const SET_WEBHOOK: &str = "setWebhook";
/// Timeout of a call.
const PATIENCE: Duration = Duration::from_secs(15);

/// Client of the Bot API.
#[derive(Clone)]
pub(super) struct Client {
    bot: Bot,
    pace: Arc<Pace>,
}

/// Why a call to Telegram failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Rate limited: wait this long.
    SlowDown(Duration),
    /// The chat has this new id.
    Moved(i64),
    /// The bot may not write there: it was blocked or removed, or the account is gone.
    Forbidden,
    /// Another program polls this bot's updates, or has set a webhook.
    Conflict,
    /// The token is not, or no longer, valid.
    BadToken,
    /// A permanent refusal, in Telegram's words without quoted input.
    Never(String),
    /// No connection: the request certainly did not arrive.
    NoConnection,
    /// The server reports that it failed and did not do it.
    NotNow(&'static str),
    /// The result is unknown: no answer came, or it came from a proxy.
    Unknown(&'static str),
}

/// The address of the Bot API server is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address of the Bot API server must be an http or https address")]
pub struct WebhookAddressError;

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    /// Decoded by the caller, who knows its type.
    result: Option<Box<RawValue>>,
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
    /// A client for Telegram's server or another, sending at most this many messages a second.
    pub fn new(
        token: &SecretString,
        api_url: Option<&str>,
        a_second: NonZeroU32,
    ) -> Result<Client, WebhookAddressError> {
        let http =
            teloxide::net::default_reqwest_settings().timeout(PATIENCE).build().map_err(|_| WebhookAddressError)?;
        let bot = Bot::with_client(token.expose_secret(), http);
        let bot = match api_url {
            None => bot,
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
                bot.set_api_url(url.parse().map_err(|_| WebhookAddressError)?)
            }
            Some(_) => return Err(WebhookAddressError),
        };
        Ok(Client { bot, pace: Arc::new(Pace::new(a_second)) })
    }

    /// The bot's id: the part of the token before the colon; not secret.
    pub fn bot_id(&self) -> Option<i64> {
        self.bot.token().split_once(':')?.0.parse().ok()
    }

    /// Calls a method.
    pub async fn ask<P: Payload + Serialize>(&self, request: &P) -> Result<Value, Refusal> {
        self.ask_for(P::NAME, request, PATIENCE).await
    }

    /// Sends or edits a message, within the rate limit.
    pub async fn say<P: Payload + Serialize>(&self, chat: i64, request: &P) -> Result<Value, Refusal> {
        self.pace.keep().await;
        let answer = self.ask(request).await;
        if let Err(Refusal::SlowDown(wait)) = answer {
            self.pace.refused(chat, wait);
        }
        answer
    }

    /// Sends a plain text file, within the rate limit.
    pub async fn send_file(&self, chat: i64, fields: &[(&str, String)], file: &File) -> Result<Value, Refusal> {
        self.pace.keep().await;
        let (content_type, body) = form(fields, file);
        let answer = self.post("sendDocument", &content_type, body, PATIENCE).await;
        if let Err(refusal) = &answer {
            metrics::refused(refusal.sort());
        }
        if let Err(Refusal::SlowDown(wait)) = answer {
            self.pace.refused(chat, wait);
        }
        Ok(answer?.map_or(Value::Null, |result| serde_json::from_str(result.get()).unwrap_or_default()))
    }

    /// Calls a method with its own timeout.
    pub async fn ask_for(&self, method: &str, body: &impl Serialize, patience: Duration) -> Result<Value, Refusal> {
        let result = self.raw(method, body, patience).await?;
        // The call succeeded; a result that cannot be decoded is not needed.
        Ok(result.map_or(Value::Null, |result| serde_json::from_str(result.get()).unwrap_or_default()))
    }

    /// Fetches updates; each is decoded separately.
    pub async fn updates(&self, request: &impl Serialize, patience: Duration) -> Result<Vec<Received>, Refusal> {
        let result = self.raw("getUpdates", request, patience).await?;
        let updates = result.as_deref().and_then(|result| serde_json::from_str::<Vec<&RawValue>>(result.get()).ok());
        let updates = updates.ok_or(Refusal::Unknown("not an answer of the Bot API"))?;
        Ok(updates.into_iter().map(|update| raw::received(update.get())).collect())
    }

    async fn raw(
        &self,
        method: &str,
        body: &impl Serialize,
        patience: Duration,
    ) -> Result<Option<Box<RawValue>>, Refusal> {
        let answer = self.call(method, body, patience).await;
        if let Err(refusal) = &answer {
            metrics::refused(refusal.sort());
        }
        answer
    }

    async fn call(
        &self,
        method: &str,
        body: &impl Serialize,
        patience: Duration,
    ) -> Result<Option<Box<RawValue>>, Refusal> {
        let body = serde_json::to_vec(body).map_err(|_| Refusal::Never("not JSON".into()))?;
        self.post(method, "application/json", body, patience).await
    }

    async fn post(
        &self,
        method: &str,
        content_type: &str,
        body: Vec<u8>,
        patience: Duration,
    ) -> Result<Option<Box<RawValue>>, Refusal> {
        let request = self.bot.client().post(self.method_url(method)).timeout(patience);
        let answer = request.header("content-type", content_type).body(body).send().await;
        let answer = answer.map_err(|error| network(error.is_timeout(), error.is_connect()))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|_| Refusal::Unknown("the answer broke off"))?;
        read(status, &body, if method == SET_WEBHOOK { in_full } else { kind })
    }

    fn method_url(&self, method: &str) -> String {
        let base = self.bot.api_url();
        format!("{}/bot{}/{method}", base.as_str().trim_end_matches('/'), self.bot.token())
    }
}

impl Refusal {
    /// Name of this kind of refusal in metrics.
    pub(super) fn sort(&self) -> &'static str {
        match self {
            Refusal::SlowDown(_) => "slow-down",
            Refusal::Moved(_) => "moved",
            Refusal::Forbidden => "forbidden",
            Refusal::Conflict => "conflict",
            Refusal::BadToken => "bad-token",
            Refusal::Never(_) => "refused",
            Refusal::NoConnection => "no-connection",
            Refusal::NotNow(_) => "not-now",
            Refusal::Unknown(_) => "unknown",
        }
    }
}

/// A multipart form with a file: its content type and body.
fn form(fields: &[(&str, String)], file: &File) -> (String, Vec<u8>) {
    // The boundary must not occur in the file.
    let mut line = String::from("ventanilla");
    while file.text.contains(&line) {
        line.push('-');
    }
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--{line}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let File { name, text } = file;
    body += &format!(
        "--{line}\r\nContent-Disposition: form-data; name=\"document\"; filename=\"{name}\"\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--{line}--\r\n"
    );
    (format!("multipart/form-data; boundary={line}"), body.into_bytes())
}

/// A request that did not connect did not arrive, even if that timed out; one that broke off later may have.
fn network(timeout: bool, connect: bool) -> Refusal {
    match (timeout, connect) {
        (_, true) => Refusal::NoConnection,
        (true, false) => Refusal::Unknown("no answer in time"),
        (false, false) => Refusal::Unknown("the connection broke off"),
    }
}

/// An answer that is not the Bot API's, probably from a proxy. Only these statuses mean that the request was not passed
/// on.
fn in_between(status: u16) -> Refusal {
    match status {
        400..=499 | 503 => Refusal::NotNow("a server in between did not pass it on"),
        _ => Refusal::Unknown("not an answer of the Bot API"),
    }
}

fn read(status: u16, body: &[u8], words: fn(&str) -> String) -> Result<Option<Box<RawValue>>, Refusal> {
    // A proxy answers with pages of its own.
    let Ok(answer) = serde_json::from_str::<Answer>(&raw::text(body)) else {
        return Err(in_between(status));
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
        // With these codes the server itself reports the failure; with other 5xx codes it may have been done.
        500 | 503 => Refusal::NotNow("the Bot API server is not well"),
        501.. => Refusal::Unknown("the Bot API server did not hear what became of it"),
        _ => Refusal::Never(words(&answer.description)),
    })
}

/// The full description, for a call without personal data.
fn in_full(description: &str) -> String {
    let words = description.strip_prefix("Bad Request: ").unwrap_or(description);
    words.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// The description up to where Telegram quotes the request.
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
            Refusal::NoConnection => f.write_str("no connection"),
            Refusal::NotNow(why) | Refusal::Unknown(why) => f.write_str(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, body: &str) -> Refusal {
        read(status, body.as_bytes(), kind).unwrap_err()
    }

    #[test]
    fn answers_are_read_by_their_code() {
        let result = read(200, br#"{"ok":true,"result":7}"#, kind).unwrap().unwrap();
        assert_eq!(result.get(), "7");
        let flood = r#"{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}"#;
        assert_eq!(refusal(429, flood), Refusal::SlowDown(Duration::from_secs(3)));
        let moved = r#"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1005}}"#;
        assert_eq!(refusal(400, moved), Refusal::Moved(-1005));
        let blocked = r#"{"ok":false,"error_code":403,"description":"Forbidden: of tomorrow"}"#;
        assert_eq!(refusal(403, blocked), Refusal::Forbidden);
        assert_eq!(refusal(409, r#"{"ok":false,"error_code":409,"description":"Conflict"}"#), Refusal::Conflict);
        assert_eq!(refusal(401, r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#), Refusal::BadToken);
        assert!(matches!(refusal(500, r#"{"ok":false,"error_code":500,"description":"x"}"#), Refusal::NotNow(_)));
    }

    #[test]
    fn only_what_surely_did_not_arrive_counts_as_such() {
        assert_eq!([network(true, true), network(false, true)], [Refusal::NoConnection, Refusal::NoConnection]);
        assert!(matches!([network(true, false), network(false, false)], [Refusal::Unknown(_), Refusal::Unknown(_)]));
        for (status, body) in [(200, "<html>Welcome</html>"), (502, "<html>Bad Gateway</html>"), (504, "")] {
            assert!(matches!(refusal(status, body), Refusal::Unknown(_)), "{status}");
        }
        assert!(matches!(refusal(502, r#"{"ok":false,"error_code":502}"#), Refusal::Unknown(_)));
        for (status, body) in [(503, "<html>"), (407, "<html>"), (500, r#"{"ok":false,"error_code":500}"#)] {
            assert!(matches!(refusal(status, body), Refusal::NotNow(_)), "{status}");
        }
    }

    #[test]
    fn a_webhook_that_is_refused_is_explained_in_full() {
        let body = r#"{"ok":false,"error_code":400,"description":"Bad Request: bad webhook: IP address 10.0.0.1 is reserved"}"#;
        let refusal = read(400, body.as_bytes(), in_full).unwrap_err();
        assert_eq!(refusal.to_string(), "refused: bad webhook: IP address 10.0.0.1 is reserved");
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
        assert_eq!(Client::new(&"1:A".into(), Some("ftp://x"), NonZeroU32::MIN).unwrap_err(), WebhookAddressError);
    }

    #[tokio::test]
    async fn trouble_on_the_way_does_not_show_the_token() {
        let client = Client::new(&"123:SECRET".into(), Some("http://127.0.0.1:1"), NonZeroU32::MIN).unwrap();
        let refusal = client.ask(&teloxide::payloads::GetMe::new()).await.unwrap_err();
        assert!(!format!("{refusal} {refusal:?}").contains("SECRET"));
        assert_eq!(refusal, Refusal::NoConnection);
    }
}
