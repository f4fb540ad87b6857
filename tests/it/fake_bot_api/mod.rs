//! A Bot API server for tests: it behaves like Telegram's as far as the bot can tell, and can be told to fail.

mod answers;
mod bodies;
mod html;
mod limits;
mod state;
pub mod updates;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

pub use limits::Limits;
pub use state::{ApiFailure, Sent, Way};

use self::answers::Answered;
use self::state::Inside;

/// The token of the one bot that this server knows.
pub const TOKEN: &str = "4200:TEST-secret-token";
/// How long a test waits for something that must come.
const DEADLINE: Duration = Duration::from_secs(300);

/// The server.
#[derive(Clone)]
pub struct FakeBotApi {
    inside: Arc<Mutex<Inside>>,
    /// Rings at every change; the number means nothing.
    changed: watch::Sender<u64>,
    url: String,
}

impl FakeBotApi {
    /// Starts it on a free port.
    pub async fn start() -> FakeBotApi {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let fake = FakeBotApi { inside: Arc::default(), changed: watch::channel(0).0, url };
        let app = Router::new().fallback(receive).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        fake
    }

    /// Its address, for `TELEGRAM_API_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Something happens in Telegram; gives the update's number. See [`updates`] for what can happen.
    pub fn push(&self, mut update: Value) -> i64 {
        self.change(|inside| {
            let number = update["update_id"].as_i64().unwrap_or(inside.next_update);
            update["update_id"] = json!(number);
            inside.next_update = inside.next_update.max(number + 1);
            inside.updates.push_back(update);
            number
        })
    }

    /// From now on these bytes stand in place of this text wherever updates hold it: what no JSON library writes.
    pub fn spoil(&self, text: &'static str, bytes: &'static [u8]) {
        self.change(|inside| inside.spoils.push((text, bytes)));
    }

    /// From now on calls of this sort fail.
    pub fn trouble(&self, trouble: ApiFailure) {
        self.change(|inside| inside.troubles.push(trouble));
    }

    /// From now on nothing fails any more.
    pub fn heal(&self) {
        self.change(|inside| inside.troubles.clear());
    }

    /// From now on more than this is refused.
    pub fn limit(&self, limits: Limits) {
        self.change(|inside| inside.judge.limits = Some(limits));
    }

    /// How many messages were refused because it was too much in all, because it was too much for their chat, and how
    /// many came although their chat had been told to wait.
    pub fn refused(&self) -> (usize, usize, usize) {
        self.look(|inside| (inside.judge.refused.0, inside.judge.refused.1, inside.judge.early))
    }

    /// What was sent to a chat, in order; edits too.
    pub fn sent_to(&self, chat: i64) -> Vec<Sent> {
        self.look(|inside| inside.sent.iter().filter(|sent| sent.chat == chat).cloned().collect())
    }

    /// What was sent to all chats after so much, in order.
    pub fn sent_since(&self, many: usize) -> Vec<Sent> {
        self.look(|inside| inside.sent[many..].to_vec())
    }

    /// How much was sent to all chats.
    pub fn sent(&self) -> usize {
        self.look(|inside| inside.sent.len())
    }

    /// The bodies of all calls of a method, answered well or not.
    pub fn calls(&self, method: &str) -> Vec<Value> {
        self.look(|inside| inside.calls.iter().filter(|call| call.0 == method).map(|call| call.1.clone()).collect())
    }

    /// How many updates have not been confirmed.
    pub fn pending(&self) -> usize {
        self.look(|inside| inside.updates.len())
    }

    /// Waits until the question has an answer.
    pub async fn wait<T>(&self, what: &str, question: impl Fn(&FakeBotApi) -> Option<T>) -> T {
        let (deadline, mut changes) = (Instant::now() + DEADLINE, self.changed.subscribe());
        loop {
            if let Some(answer) = question(self) {
                return answer;
            }
            timeout_at(deadline, changes.changed()).await.unwrap_or_else(|_| panic!("waited in vain: {what}")).unwrap();
        }
    }

    /// Waits until this chat was sent so many messages, and gives them.
    pub async fn wait_sent(&self, chat: i64, count: usize) -> Vec<Sent> {
        let enough = |fake: &FakeBotApi| Some(fake.sent_to(chat)).filter(|sent| sent.len() >= count);
        self.wait(&format!("{count} messages to {chat}"), enough).await
    }

    /// Waits until a method was called so often, and gives the bodies.
    pub async fn wait_calls(&self, method: &str, count: usize) -> Vec<Value> {
        let enough = |fake: &FakeBotApi| Some(fake.calls(method)).filter(|calls| calls.len() >= count);
        self.wait(&format!("{count} calls of {method}"), enough).await
    }

    fn look<T>(&self, question: impl FnOnce(&Inside) -> T) -> T {
        question(&self.inside.lock().unwrap())
    }

    fn change<T>(&self, change: impl FnOnce(&mut Inside) -> T) -> T {
        let result = change(&mut self.inside.lock().unwrap());
        self.changed.send_modify(|number| *number += 1);
        result
    }

    /// `getUpdates`: waits for updates, and is cut short by another one.
    async fn get_updates(&self, body: &Value) -> Answered {
        let hold = Duration::from_secs(body["timeout"].as_u64().unwrap_or(0));
        let (deadline, mut changes) = (Instant::now() + hold, self.changed.subscribe());
        let mine = self.change(Inside::new_poll);
        loop {
            let found = self.look(|inside| inside.updates_for(mine, body));
            if !matches!(&found, Ok(Value::Array(updates)) if updates.is_empty()) {
                return found;
            }
            if timeout_at(deadline, changes.changed()).await.is_err() {
                return found;
            }
        }
    }
}

async fn receive(State(fake): State<FakeBotApi>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let content_type = request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = content_type.to_owned();
    let body = to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let Some(method) = path.strip_prefix(&format!("/bot{TOKEN}/")) else {
        return shown(Err((401, "Unauthorized".into(), Value::Null)));
    };
    let body = bodies::read(&content_type, &body);
    let method = method.to_lowercase();
    let trouble = fake.change(|inside| {
        inside.calls.push((method.clone(), body.clone()));
        inside.trouble_for(&method, body["chat_id"].as_i64()).or_else(|| inside.too_much(&method, &body))
    });
    let answer = match trouble {
        Some(Way::Hang) => return std::future::pending().await,
        Some(Way::Silent) => {
            let _ = fake.change(|inside| inside.answer(&method, &body));
            return std::future::pending().await;
        }
        Some(Way::Gateway(status)) => {
            let _ = fake.change(|inside| inside.answer(&method, &body));
            return (StatusCode::from_u16(status).unwrap(), "<html>Gateway</html>").into_response();
        }
        Some(way) => way.answer(),
        None if method == "getupdates" => {
            fake.change(|inside| inside.confirm(&body));
            let answer = fake.get_updates(&body).await;
            return fake.look(|inside| inside.spoiled(answer)).unwrap_or_else(shown);
        }
        None => fake.change(|inside| inside.answer(&method, &body)),
    };
    shown(answer)
}

fn shown(answer: Answered) -> Response {
    let (status, body) = match answer {
        Ok(result) => (200, json!({"ok": true, "result": result})),
        Err((code, description, Value::Null)) => {
            (code, json!({"ok": false, "error_code": code, "description": description}))
        }
        Err((code, description, parameters)) => {
            (code, json!({"ok": false, "error_code": code, "description": description, "parameters": parameters}))
        }
    };
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}
