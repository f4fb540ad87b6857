//! The webhook: who may bring updates, what is refused, and what is acknowledged when.

use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, interval};
use ventanilla::app::{App, Arrival, take_turn};
use ventanilla::bot::citizen::{Command, Input, TurnInput};
use ventanilla::domain::people::chat::Door;
use ventanilla::store::outbox;
use ventanilla::telegram::{Mode, Telegram, webhook};

use super::{DEADLINE, settings};
use crate::fake_bot_api::{ApiFailure, FakeBotApi, Way, updates};
use crate::fixtures::{self, TestDb, databases};

const SECRET: &str = "a-secret_that-nobody-guesses";

/// The bot, waiting for Telegram to bring updates.
struct Hooked {
    fake: FakeBotApi,
    app: Arc<App>,
    address: String,
    _stop: watch::Sender<bool>,
    _db: TestDb,
}

impl Hooked {
    async fn start() -> Hooked {
        let db = fixtures::sqlite().await;
        let app = fixtures::app(&db);
        Hooked::on(db, app, FakeBotApi::start().await).await
    }

    /// Another replica: on the same database, by the same clock.
    async fn beside(&self) -> Hooked {
        let db = TestDb::of(self.app.db.clone());
        let mut app = fixtures::app(&db);
        app.clock = self.app.clock.clone();
        Hooked::on(db, app, self.fake.clone()).await
    }

    async fn on(db: TestDb, app: App, fake: FakeBotApi) -> Hooked {
        let app = Arc::new(app);
        let mode = Mode::Webhook { public_url: "https://bot.example/".into(), secret: SECRET.into() };
        let telegram = Telegram::new(Arc::clone(&app), settings(&fake, mode)).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}{}", listener.local_addr().unwrap(), webhook::PATH);
        let routes = telegram.routes();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(telegram.run(stopped));
        Hooked { fake, app, address, _stop: stop, _db: db }
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
async fn why_telegram_refused_the_webhook_is_said_until_it_takes_it() {
    let (db, fake) = (fixtures::sqlite().await, FakeBotApi::start().await);
    let app = Arc::new(fixtures::app(&db));
    let why = "bad webhook: Failed to resolve host: Name or service not known";
    fake.trouble(ApiFailure { method: Some("setwebhook"), chat: None, way: Way::Refused(why), times: 1 });
    let mode = Mode::Webhook { public_url: "https://bot.example".into(), secret: SECRET.into() };
    let telegram = Telegram::new(Arc::clone(&app), settings(&fake, mode)).unwrap();
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(telegram.run(stopped));
    let said = |app: &App| app.telegram.warnings(app.clock.now());
    fake.wait_calls("setwebhook", 1).await;
    while said(&app).is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(said(&app)[0].contains(why), "{:?}", said(&app));
    fake.wait_calls("getmyname", 1).await;
    assert_eq!(said(&app), Vec::<String>::new());
    stop.send_replace(true);
    running.await.unwrap();
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
async fn whoever_comes_with_a_wrong_secret_is_counted_and_ready_says_so() {
    let hooked = Hooked::start().await;
    let ready = async || {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/ready", listener.local_addr().unwrap());
        let routes = ventanilla::web::routes(Arc::clone(&hooked.app), ventanilla::web::Settings::default());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let answer = reqwest::get(address).await.unwrap();
        (answer.status(), answer.json::<Value>().await.unwrap())
    };
    assert!(ready().await.1.get("warnings").is_none());
    for _ in 0..3 {
        assert_eq!(hooked.post(Some("wrong"), "{}").await, StatusCode::UNAUTHORIZED);
    }
    // Strangers must not be able to put the light out: it says so, and stays green.
    let (status, said) = ready().await;
    assert!(status == StatusCode::OK && said["warnings"][0].as_str().unwrap().contains("wrong secret"), "{said}");
    hooked.app.clock.advance(chrono::TimeDelta::minutes(11));
    assert!(ready().await.1.get("warnings").is_none());
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
async fn an_update_that_cannot_be_decoded_does_not_come_again_and_half_a_character_costs_no_answer() {
    let hooked = Hooked::start().await;
    let update = |name: &str| {
        let mut update = updates::text(1, "/help");
        update["update_id"] = json!(1);
        update.to_string().replace("Somebody", name)
    };
    assert_eq!(hooked.post(Some(SECRET), update("\\ud83d")).await, StatusCode::OK);
    assert_eq!(hooked.fake.wait_sent(1, 1).await.len(), 1);
    let odd = update("x").replace("\"date\":1", "\"date\":1e999");
    assert_eq!(hooked.post(Some(SECRET), odd).await, StatusCode::OK);
    assert_eq!(hooked.fake.sent(), 1);
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
async fn parts_of_an_album_that_are_brought_one_by_one_or_at_once_get_one_reply() {
    let hooked = Hooked::start().await;
    let parts = (10..14).map(|number| hooked.bring(number, updates::album(1, number, "97531", None)));
    assert!(futures::future::join_all(parts).await.iter().all(|status| *status == StatusCode::OK));
    for number in 20..23 {
        let words = (number == 20).then_some("where can I get free legal help?");
        assert_eq!(hooked.bring(number, updates::album(2, number, "86420", words)).await, StatusCode::OK);
    }
    assert_eq!(hooked.bring(30, updates::text(3, "/help")).await, StatusCode::OK);
    hooked.fake.wait_sent(3, 1).await;
    // The reply to parts without words waits a moment for words.
    assert_eq!(hooked.fake.sent_to(1).len(), 0);
    hooked.app.clock.advance(chrono::TimeDelta::seconds(3));
    assert_eq!((hooked.fake.wait_sent(1, 1).await.len(), hooked.fake.wait_sent(2, 1).await.len()), (1, 1));
}

#[tokio::test]
async fn an_album_whose_words_come_late_and_at_another_replica_gets_one_reply_and_the_words_are_the_question() {
    const QUESTION: &str = "where can I get free legal help?";
    for db in databases().await {
        let app = fixtures::app(&db);
        let here = Hooked::on(db, app, FakeBotApi::start().await).await;
        let there = here.beside().await;
        // One after the other, as Telegram brings what is of one chat: the words under the first, a middle, the last part.
        for (chat, place) in [(1, 0), (2, 1), (3, 3)] {
            for part in 0..4 {
                let replica = if part % 2 == 0 { &here } else { &there };
                let update = updates::album(chat, 10 + part, "97531", (part == place).then_some(QUESTION));
                assert_eq!(replica.bring(chat * 100 + part, update).await, StatusCode::OK);
            }
        }
        // And all at once.
        let parts = (0..4).map(|part| {
            let replica = if part % 2 == 0 { &here } else { &there };
            replica.bring(400 + part, updates::album(4, 10 + part, "97531", (part == 2).then_some(QUESTION)))
        });
        assert!(futures::future::join_all(parts).await.iter().all(|status| *status == StatusCode::OK));
        for chat in 1..=4 {
            assert!(here.fake.wait_sent(chat, 1).await[0].text.contains("Asistencia Judicial"), "chat {chat}");
        }
        here.app.clock.advance(chrono::TimeDelta::seconds(3));
        // Whatever else there was to say goes out before this.
        assert_eq!(here.bring(500, updates::text(5, "/help")).await, StatusCode::OK);
        here.fake.wait_sent(5, 1).await;
        let (start, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
        while outbox::waiting(&here.app.db).await.unwrap() > 0 {
            assert!(start.elapsed() < DEADLINE, "something still waits");
            look.tick().await;
        }
        for chat in 1..=4 {
            assert_eq!(here.fake.sent_to(chat).len(), 1, "chat {chat} on {}", here.app.db.name());
        }
    }
}

#[tokio::test]
async fn where_too_much_waits_to_be_sent_telegram_keeps_updates_and_danger_is_taken_all_the_same() {
    for db in databases().await {
        let (app, fake) = (fixtures::app(&db).with_room_for(1), FakeBotApi::start().await);
        fake.trouble(ApiFailure { method: Some("sendmessage"), chat: None, way: Way::Unwell, times: usize::MAX });
        // Its reply has an address, so that it waits: one without is put aside at once, and there is room again.
        let way = json!({ "chat": 1 });
        let heard = TurnInput { input: Input::Command(Command::Help), proposed: None, reachable: false };
        let (door, address) = (Door::Telegram, "1".to_owned());
        take_turn(&app, &Arrival { door, address, update: None, turn_input: heard, return_to: way, later: None })
            .await
            .unwrap();
        let hooked = Hooked::on(db, app, fake).await;
        assert_eq!(hooked.bring(2, updates::text(2, "/help")).await, StatusCode::SERVICE_UNAVAILABLE);
        let danger = updates::text(3, "my husband hits me and I am afraid");
        assert_eq!(hooked.bring(3, danger).await, StatusCode::OK);
        hooked.fake.heal();
        let (start, mut again) = (Instant::now(), interval(Duration::from_millis(50)));
        while hooked.fake.sent_to(3).len() < 2 || hooked.bring(2, updates::text(2, "/help")).await != StatusCode::OK {
            assert!(start.elapsed() < DEADLINE, "danger is answered, and there is room again");
            // A try that was on its way when Telegram came back is put off once more, by a clock that only moves here.
            hooked.app.clock.advance(chrono::TimeDelta::seconds(5));
            hooked.app.outbox_ready.notify_one();
            again.tick().await;
        }
        assert_eq!(hooked.fake.wait_sent(2, 1).await.len(), 1);
    }
}

#[tokio::test]
async fn what_could_not_be_saved_is_not_acknowledged() {
    let hooked = Hooked::start().await;
    hooked.app.db.close().await;
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

#[tokio::test]
#[ignore = "random: .ci/check fuzz"]
async fn an_update_is_acknowledged_or_refused_as_the_senders_mistake() {
    let hooked = Hooked::start().await;
    let seeds = [updates::text(1, "/start").to_string(), updates::text(2, "kote pou m jwenn doktè").to_string()];
    for (seed, text) in crate::fuzz::changes(&seeds.each_ref().map(String::as_str)) {
        let status = hooked.post(Some(SECRET), text.clone()).await;
        assert!(status.is_success() || status.is_client_error(), "FUZZ_SEED={seed}: {status} {text:?}");
    }
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
