//! The webhook: who may bring updates, what is refused, and what is acknowledged when.

use std::sync::Arc;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::sync::watch;
use ventanilla::actions::House;
use ventanilla::telegram::{Mode, Telegram, webhook};

use super::settings;
use crate::fake_bot_api::{FakeBotApi, updates};
use crate::houses::{self, TestDb};

const SECRET: &str = "a-secret_that-nobody-guesses";

/// The bot, waiting for Telegram to bring updates.
struct Hooked {
    fake: FakeBotApi,
    house: Arc<House>,
    address: String,
    _stop: watch::Sender<bool>,
    _db: TestDb,
}

impl Hooked {
    async fn start() -> Hooked {
        let (db, fake) = (houses::sqlite().await, FakeBotApi::start().await);
        let house = Arc::new(houses::house(&db));
        let mode = Mode::Webhook { public_url: "https://bot.example/".into(), secret: SECRET.into() };
        let telegram = Telegram::new(Arc::clone(&house), settings(&fake, mode)).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}{}", listener.local_addr().unwrap(), webhook::PATH);
        let routes = telegram.routes();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(telegram.run(stopped));
        Hooked { fake, house, address, _stop: stop, _db: db }
    }

    async fn post(&self, secret: Option<&str>, body: impl Into<reqwest::Body>) -> StatusCode {
        let request = reqwest::Client::new().post(&self.address).body(body);
        let request = secret
            .into_iter()
            .fold(request, |request, secret| request.header("X-Telegram-Bot-Api-Secret-Token", secret));
        request.send().await.unwrap().status()
    }

    async fn bring(&self, number: i64, mut update: Value) -> StatusCode {
        update["update_id"] = json!(number);
        self.post(Some(SECRET), update.to_string()).await
    }
}

#[tokio::test]
async fn telegram_is_told_where_to_bring_what() {
    let hooked = Hooked::start().await;
    let set = hooked.fake.wait_calls("setwebhook", 1).await;
    assert_eq!(set[0]["url"], format!("https://bot.example{}", webhook::PATH));
    assert_eq!(set[0]["secret_token"], SECRET);
    assert_eq!(set[0]["allowed_updates"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn only_who_knows_the_secret_is_heard() {
    let hooked = Hooked::start().await;
    let body = updates::text(1, "/help").to_string();
    for secret in [None, Some(""), Some("wrong"), Some(&SECRET[1..]), Some("a-secret_that-nobody-guesset")] {
        assert_eq!(hooked.post(secret, body.clone()).await, StatusCode::UNAUTHORIZED, "{secret:?}");
    }
    assert_eq!(hooked.post(None, vec![b' '; 1 << 20]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(hooked.bring(1, updates::text(1, "/help")).await, StatusCode::OK);
    assert_eq!(hooked.fake.wait_sent(1, 1).await.len(), 1);
}

#[tokio::test]
async fn what_is_too_big_or_no_json_is_refused() {
    let hooked = Hooked::start().await;
    assert_eq!(hooked.post(Some(SECRET), vec![b' '; 1 << 20]).await, StatusCode::PAYLOAD_TOO_LARGE);
    let deep = "[".repeat(100_000);
    for body in ["", "{", "nonsense", "{\"message\": }", "\u{0}", &deep] {
        assert_eq!(hooked.post(Some(SECRET), body.to_owned()).await, StatusCode::BAD_REQUEST, "{:.20}", body);
    }
    assert_eq!(hooked.post(Some(SECRET), vec![0xff, 0xfe]).await, StatusCode::BAD_REQUEST);
    for body in ["null", "[]", "7", "{}", "{\"update_id\": \"x\", \"message\": []}"] {
        assert_eq!(hooked.post(Some(SECRET), body.to_owned()).await, StatusCode::OK, "{body}");
    }
    assert_eq!(reqwest::get(&hooked.address).await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(hooked.fake.sent(), 0);
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once() {
    let hooked = Hooked::start().await;
    for number in [5, 5, 6, 5, 6] {
        assert_eq!(hooked.bring(number, updates::text(1, "/help")).await, StatusCode::OK);
    }
    // At the same time, too.
    let twice = [7; 8].map(|number| hooked.bring(number, updates::text(1, "/help")));
    assert!(futures::future::join_all(twice).await.iter().all(|status| *status == StatusCode::OK));
    assert_eq!(hooked.bring(8, updates::text(1, "/about")).await, StatusCode::OK);
    assert_eq!(hooked.fake.wait_sent(1, 4).await.len(), 4);
}

#[tokio::test]
async fn what_could_not_be_saved_is_not_acknowledged() {
    let hooked = Hooked::start().await;
    hooked.house.db.close().await;
    assert_eq!(hooked.bring(1, updates::text(1, "/help")).await, StatusCode::SERVICE_UNAVAILABLE);
    // What is none of our business needs no database.
    assert_eq!(hooked.bring(2, json!({"poll": {}})).await, StatusCode::OK);
}

#[tokio::test]
async fn every_kind_of_update_is_acknowledged_and_only_those_meant_for_us_are_answered() {
    let hooked = Hooked::start().await;
    let message = updates::text(1, "x")["message"].clone();
    let kinds = [
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "of_tomorrow",
    ];
    for (number, kind) in (1..).zip(kinds) {
        assert_eq!(hooked.bring(number, json!({kind: message})).await, StatusCode::OK, "{kind}");
        assert_eq!(hooked.bring(100 + number, json!({kind: {}})).await, StatusCode::OK, "{kind}");
    }
    for (number, kind) in (200..).zip(["message", "edited_message", "callback_query", "my_chat_member"]) {
        assert_eq!(hooked.bring(number, json!({kind: {}})).await, StatusCode::OK, "{kind}");
    }
    assert_eq!(hooked.fake.sent(), 0);
    assert_eq!(hooked.bring(300, updates::text(1, "/help")).await, StatusCode::OK);
    assert_eq!(hooked.fake.wait_sent(1, 1).await.len(), 1);
}

/// By hand: `TELEGRAM_UPDATES=…/updates.jsonl cargo test --test it updates_of_other_libraries -- --ignored`
#[tokio::test]
#[ignore = "needs a file of updates"]
async fn updates_of_other_libraries_are_acknowledged() {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
    let file = std::env::var("TELEGRAM_UPDATES").expect("TELEGRAM_UPDATES names a file");
    let hooked = Hooked::start().await;
    let lines = std::fs::read_to_string(file).unwrap();
    for (number, line) in (1..).zip(lines.lines()) {
        let line: Value = serde_json::from_str(line).unwrap();
        let update = line["update"].clone();
        let status = if update.is_object() {
            hooked.bring(number, update).await
        } else {
            hooked.post(Some(SECRET), update.to_string()).await
        };
        assert_eq!(status, StatusCode::OK, "{line}");
    }
    eprintln!("{} updates, {} replies", lines.lines().count(), hooked.fake.sent());
}
