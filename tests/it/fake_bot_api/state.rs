//! What the fake server remembers.

use std::collections::{BTreeMap, VecDeque};

use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::answers::Answered;
use super::limits::Judge;

/// Something that was sent to a chat.
#[derive(Debug, Clone)]
pub struct Sent {
    /// To which chat.
    pub chat: i64,
    /// The message's number.
    pub id: i64,
    /// What a person sees, without form.
    pub text: String,
    /// As it was sent.
    pub html: String,
    /// The rows of buttons: label and data.
    pub rows: Vec<Vec<(String, String)>>,
    /// Whether the keyboard asks where the person is.
    pub asks_place: bool,
    /// Whether it took the place of another message.
    pub edited: bool,
    /// The place on the map.
    pub venue: Option<(f64, f64)>,
    /// The whole call.
    pub call: Value,
    /// When it was sent.
    pub at: Instant,
}

/// Which calls fail, how, and how often.
#[derive(Debug, Clone)]
pub struct ApiFailure {
    /// Only calls of this method, in lower case.
    pub method: Option<&'static str>,
    /// Only calls for this chat.
    pub chat: Option<i64>,
    /// How they fail.
    pub way: Way,
    /// How many of them fail.
    pub times: usize,
}

/// How a call fails.
#[derive(Debug, Clone)]
pub enum Way {
    /// 429 with so many seconds to wait.
    TooMany(u64),
    /// 403: blocked.
    Forbidden,
    /// 500
    Unwell,
    /// 400 with this description.
    Refused(&'static str),
    /// 400: the group has this number now.
    Moved(i64),
    /// Never answers.
    Hang,
    /// Does it, and never says so.
    Silent,
    /// Does it, and a gateway in between says this instead.
    Gateway(u16),
}

impl Way {
    pub(super) fn answer(&self) -> Answered {
        Err(match self {
            Way::TooMany(seconds) => {
                (429, format!("Too Many Requests: retry after {seconds}"), json!({"retry_after": seconds}))
            }
            Way::Forbidden => (403, "Forbidden: bot was blocked by the user".into(), Value::Null),
            Way::Unwell => (500, "Internal Server Error".into(), Value::Null),
            Way::Refused(why) => (400, format!("Bad Request: {why}"), Value::Null),
            Way::Moved(chat) => (
                400,
                "Bad Request: group chat was upgraded to a supergroup chat".into(),
                json!({"migrate_to_chat_id": chat}),
            ),
            Way::Hang | Way::Silent => unreachable!("it is never answered"),
            Way::Gateway(_) => unreachable!("the gateway answers"),
        })
    }
}

/// Everything.
#[derive(Default)]
pub(super) struct Inside {
    pub next_update: i64,
    pub updates: VecDeque<Value>,
    pub calls: Vec<(String, Value)>,
    pub troubles: Vec<ApiFailure>,
    pub sent: Vec<Sent>,
    /// Texts and buttons of messages that stand in chats.
    pub messages: BTreeMap<(i64, i64), (String, Value)>,
    /// What is set, by the setter's method without `set` and the language.
    pub settings: BTreeMap<(String, String), Value>,
    pub webhook: Option<Value>,
    pub judge: Judge,
    /// Texts in place of which other bytes are sent.
    pub spoils: Vec<(&'static str, &'static [u8])>,
    polls: u64,
}

impl Inside {
    /// A new `getUpdates`: the one before is cut short.
    pub fn new_poll(&mut self) -> u64 {
        self.polls += 1;
        self.polls
    }

    /// Updates before the offset are confirmed, and never come again.
    pub fn confirm(&mut self, body: &Value) {
        let offset = body["offset"].as_i64().unwrap_or(0);
        self.updates.retain(|update| update["update_id"].as_i64().unwrap() >= offset);
    }

    pub fn updates_for(&self, poll: u64, body: &Value) -> Answered {
        if self.webhook.is_some() {
            let why = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
            return Err((409, why.into(), Value::Null));
        }
        if poll != self.polls {
            let why =
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
            return Err((409, why.into(), Value::Null));
        }
        let limit = body["limit"].as_u64().unwrap_or(100) as usize;
        let wanted = |update: &&Value| match body["allowed_updates"].as_array() {
            None => true,
            Some(kinds) => kinds.iter().any(|kind| update.get(kind.as_str().unwrap()).is_some()),
        };
        Ok(self.updates.iter().filter(wanted).take(limit).cloned().collect())
    }

    /// Updates with what is spoilt in them; the answer itself where nothing is.
    pub fn spoiled(&self, answer: Answered) -> Result<Response, Answered> {
        let Ok(updates) = &answer else { return Err(answer) };
        let mut body = json!({"ok": true, "result": updates}).to_string().into_bytes();
        for (text, bytes) in &self.spoils {
            while let Some(at) = body.windows(text.len()).position(|part| part == text.as_bytes()) {
                body.splice(at..at + text.len(), bytes.iter().copied());
            }
        }
        Ok(body.into_response())
    }

    /// How a message is refused where there are limits.
    pub fn too_much(&mut self, method: &str, body: &Value) -> Option<Way> {
        let says = matches!(method, "sendmessage" | "editmessagetext" | "sendvenue" | "senddocument");
        self.judge.judge(body["chat_id"].as_i64().filter(|_| says)?, Instant::now())
    }

    pub fn trouble_for(&mut self, method: &str, chat: Option<i64>) -> Option<Way> {
        let fits = |trouble: &&mut ApiFailure| {
            trouble.times > 0
                && trouble.method.is_none_or(|wanted| wanted == method)
                && (trouble.chat.is_none() || trouble.chat == chat)
        };
        let trouble = self.troubles.iter_mut().find(fits)?;
        trouble.times -= 1;
        Some(trouble.way.clone())
    }
}
