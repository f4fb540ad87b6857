//! The Telegram door, with a Bot API server of our own at the other end.

mod again;
mod dress;
mod flood;
mod groups;
pub mod killed;
mod limits;
mod pace;
mod person;
mod polling;
mod replicas;
mod setup;
mod staff_chat;
mod talks;
mod trouble;
mod undelivered;
mod waiting;
mod webhook;
mod words;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval};
use ventanilla::app::App;
use ventanilla::bot::citizen::Button;
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;
use ventanilla::store::chats;
use ventanilla::telegram::{Mode, Settings, Telegram};

use crate::fake_bot_api::{FakeBotApi, Sent, TOKEN, updates};
use crate::fixtures::{self, TestDb};

/// How long a test waits for something that must come.
const DEADLINE: Duration = Duration::from_secs(60);

/// More than any test sends in a second.
const PACE: NonZeroU32 = NonZeroU32::new(1_000_000).unwrap();

/// The bot, running by long polling.
pub struct Bot {
    pub fake: FakeBotApi,
    pub app: Arc<App>,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
    _db: TestDb,
}

impl Bot {
    /// Starts it, in the morning of the tests.
    pub async fn start() -> Bot {
        Bot::on(fixtures::sqlite().await).await
    }

    /// Starts it in the morning of the tests on this database.
    pub async fn on(db: TestDb) -> Bot {
        let app = fixtures::app(&db);
        Bot::of(db, app, FakeBotApi::start().await, PACE)
    }

    /// Starts it by the machine's clock, so that it waits as long as it should.
    pub async fn start_now() -> Bot {
        let db = fixtures::sqlite().await;
        let mut app = fixtures::app(&db);
        app.clock = Clock::System;
        Bot::of(db, app, FakeBotApi::start().await, PACE)
    }

    /// Starts it by the machine's clock at this server, with so many messages a second at the most.
    pub async fn start_at_pace(fake: FakeBotApi, a_second: u32) -> Bot {
        let db = fixtures::sqlite().await;
        let mut app = fixtures::app(&db);
        app.clock = Clock::System;
        Bot::of(db, app, fake, NonZeroU32::new(a_second).unwrap())
    }

    /// Starts it on this house, at this server, with so many messages a second at the most.
    pub fn at(db: TestDb, app: App, fake: FakeBotApi, a_second: u32) -> Bot {
        Bot::of(db, app, fake, NonZeroU32::new(a_second).unwrap())
    }

    fn of(db: TestDb, app: App, fake: FakeBotApi, pace: NonZeroU32) -> Bot {
        let (app, (stop, stopped)) = (Arc::new(app), watch::channel(false));
        let settings = Settings { pace, ..settings(&fake, Mode::Polling) };
        let telegram = Telegram::new(Arc::clone(&app), settings).unwrap();
        Bot { fake, app, stop, running: tokio::spawn(telegram.run(stopped)), _db: db }
    }

    /// Somebody writes, and is answered with at least so many messages.
    pub async fn say(&self, chat: i64, words: &str, answers: usize) -> Vec<Sent> {
        let before = self.fake.sent_to(chat).len();
        self.fake.push(updates::text(chat, words));
        self.fake.wait_sent(chat, before + answers).await.split_off(before)
    }

    /// Somebody presses a button under a message, and is answered with at least so many messages.
    pub async fn press(&self, chat: i64, under: &Sent, button: &Button, query: u32, answers: usize) -> Vec<Sent> {
        let before = self.fake.sent_to(chat).len();
        self.fake.push(updates::press(chat, under.id, &button.to_string(), query));
        self.fake.wait_sent(chat, before + answers).await.split_off(before)
    }

    /// Whether anything is known of the chat.
    pub async fn knows(&self, chat: i64) -> bool {
        let key = self.app.encryption.chat_key(Door::Telegram, &chat.to_string());
        chats::load(&self.app.db, &key).await.unwrap().version > 0
    }

    /// Waits until the chat is forgotten.
    pub async fn wait_forgotten(&self, chat: i64) {
        let (start, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
        while self.knows(chat).await {
            assert!(start.elapsed() < DEADLINE, "the chat was never forgotten");
            look.tick().await;
        }
    }

    /// What `/ready` says: its status and its words.
    pub async fn ready(&self) -> (u16, serde_json::Value) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/ready", listener.local_addr().unwrap());
        let routes = ventanilla::web::routes(Arc::clone(&self.app), ventanilla::web::Settings::default());
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await });
        let answer = reqwest::get(address).await.unwrap();
        let said = (answer.status().as_u16(), answer.json().await.unwrap());
        serving.abort();
        said
    }

    /// Waits until `/ready` has this status, and gives its words.
    pub async fn wait_ready(&self, status: u16) -> serde_json::Value {
        let (start, mut look) = (Instant::now(), interval(Duration::from_millis(50)));
        loop {
            let (now, words) = self.ready().await;
            if now == status {
                return words;
            }
            assert!(start.elapsed() < DEADLINE, "{now}: {words}");
            look.tick().await;
        }
    }

    /// Tells it to stop and waits until it has.
    pub async fn stop(self) -> FakeBotApi {
        self.stop.send_replace(true);
        tokio::time::timeout(DEADLINE, self.running).await.unwrap().unwrap();
        self.fake
    }
}

fn settings(fake: &FakeBotApi, mode: Mode) -> Settings {
    Settings { token: TOKEN.into(), api_url: Some(fake.url().into()), mode, pace: PACE, worker: "test".into() }
}

/// The letters of a text: what is said, however a door sets it.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
