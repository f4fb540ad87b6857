//! What waits: danger goes first, there is an end to how much may wait, and half an hour without Telegram is made up.

use chrono::TimeDelta;
use serde_json::json;
use tokio::time::{Instant, interval};
use ventanilla::app::{App, Arrival, Delivery, Taken, settle_and_claim, take_turn};
use ventanilla::bot::citizen::{Input, TurnInput};
use ventanilla::domain::people::chat::Door;
use ventanilla::store::{Db, outbox};

use super::{Bot, DEADLINE, PACE};
use crate::fake_bot_api::{ApiFailure, FakeBotApi, Limits, Way, updates};
use crate::fixtures::{app, databases};

const DANGER: &str = "my husband hits me and I am afraid";
/// How many messages are on their way at once.
const SIDE_BY_SIDE: usize = 32;

async fn says(app: &App, chat: i64, words: &str) -> usize {
    let said = if words == "/help" {
        Input::Command(ventanilla::bot::citizen::Command::Help)
    } else {
        Input::Text(words.to_owned())
    };
    let heard = TurnInput { input: said, proposed: None, reachable: true };
    let (address, return_to) = (chat.to_string(), json!({ "chat": chat }));
    let arrival = Arrival { door: Door::Telegram, address, update: None, turn_input: heard, return_to, later: None };
    let Taken::Replied(messages) = take_turn(app, &arrival).await.unwrap() else { panic!("no reply") };
    messages.len()
}

/// To which chats what waits goes, in the order in which it goes out.
async fn order(app: &App) -> Vec<i64> {
    let mut order = Vec::new();
    while let Some(outgoing) = settle_and_claim(app, "w", &[], 1).await.unwrap().pop() {
        order.push(outgoing.return_to["chat"].as_i64().unwrap());
        settle_and_claim(app, "w", &[(outgoing.id, Delivery::Delivered)], 0).await.unwrap();
    }
    order.dedup();
    order
}

#[tokio::test]
async fn what_speaks_of_danger_goes_out_first_and_takes_its_chats_earlier_replies_along() {
    for test in databases().await {
        let app = app(&test);
        for (chat, words) in [(1, "/help"), (2, "/help"), (3, DANGER), (2, DANGER), (4, "/help")] {
            says(&app, chat, words).await;
            app.clock.advance(TimeDelta::seconds(1));
        }
        assert_eq!(order(&app).await, [2, 3, 2, 1, 4], "on {}", test.db.name());
    }
}

#[tokio::test]
async fn where_too_much_waits_to_be_sent_updates_stay_with_telegram_and_none_is_lost() {
    for test in databases().await {
        let app = app(&test).with_room_for(3);
        let waiting = says(&app, 1, "/help").await + says(&app, 2, "/help").await + says(&app, 3, "/help").await;
        assert_eq!(waiting, 3);
        let fake = FakeBotApi::start().await;
        fake.trouble(ApiFailure { method: Some("sendmessage"), chat: None, way: Way::Unwell, times: usize::MAX });
        for chat in 4..10 {
            fake.push(updates::text(chat, "/help"));
        }
        let bot = Bot::of(test, app, fake, PACE);
        let (start, mut look) = (Instant::now(), interval(std::time::Duration::from_millis(20)));
        while !bot.app.telegram.warnings(bot.app.clock.now()).iter().any(|said| said.contains("left with Telegram")) {
            assert!(start.elapsed() < DEADLINE, "nobody noticed");
            look.tick().await;
        }
        bot.fake.wait_calls("sendmessage", 3).await;
        assert_eq!((bot.fake.pending(), bot.fake.calls("getupdates").len()), (6, 0), "nothing is fetched");
        assert_eq!(bot.ready().await.0, 200, "the web chat goes on");
        bot.fake.heal();
        bot.app.clock.advance(TimeDelta::minutes(1));
        for chat in 1..10 {
            assert_eq!(bot.fake.wait_sent(chat, 1).await.len(), 1);
        }
        bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
        bot.stop().await;
    }
}

/// Telegram's limits in a day that is forty times as fast.
const LIMITS: Limits = Limits {
    in_all: 1_200,
    to_person: (2, std::time::Duration::from_millis(25)),
    to_group: (1, std::time::Duration::from_millis(75)),
};
const WAITING: i64 = 1_500;

/// Some forty of the fifteen hundred are in danger, most of them late.
fn is_in_danger(chat: i64) -> bool {
    chat % 97 == 0 || (chat > 1_300 && chat % 7 == 0)
}

fn words(chat: i64) -> &'static str {
    if is_in_danger(chat) { DANGER } else { "/help" }
}

/// Waits until the first message of each chat was tried in vain, and none is on its way.
async fn all_tried(bot: &Bot) {
    const SQL: &str = "SELECT COUNT(DISTINCT chat) FROM outbox WHERE attempts > 0 AND claimed_until = 0";
    let (start, mut look) = (Instant::now(), interval(std::time::Duration::from_millis(50)));
    loop {
        let tried: i64 = match &bot.app.db {
            Db::Sqlite { read, .. } => sqlx::query_scalar(SQL).fetch_one(read).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_scalar(SQL).fetch_one(pool).await.unwrap(),
        };
        if tried == WAITING {
            return;
        }
        assert!(start.elapsed() < DEADLINE * 3, "{tried} were tried");
        look.tick().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_hour_without_telegram_is_made_up_without_loss_danger_first_and_at_its_pace() {
    for test in databases().await {
        let (app, fake) = (app(&test), FakeBotApi::start().await);
        let (ordinary, danger) = (says(&app, -1, "/help").await, says(&app, -2, DANGER).await);
        order(&app).await;
        fake.limit(LIMITS);
        for method in ["getupdates", "sendmessage"] {
            fake.trouble(ApiFailure { method: Some(method), chat: None, way: Way::Unwell, times: usize::MAX });
        }
        let bot = Bot::at(test, app, fake, 1_000);
        let polls = bot.fake.wait_calls("getupdates", 2).await.len();
        for chat in 1..=WAITING {
            bot.fake.push(updates::text(chat, words(chat)));
        }
        bot.app.clock.advance(TimeDelta::minutes(30));
        // Updates can be fetched again a moment before messages are taken, as when a connection comes back.
        bot.fake.heal();
        bot.fake.trouble(ApiFailure { method: Some("sendmessage"), chat: None, way: Way::Unwell, times: usize::MAX });
        bot.fake.wait("everything fetched", |fake| (fake.pending() == 0).then_some(())).await;
        assert!(bot.fake.calls("getupdates").len() > polls && bot.fake.sent() == 0);
        let held = outbox::waiting(&bot.app.db).await.unwrap();
        all_tried(&bot).await;
        bot.fake.heal();
        bot.app.clock.advance(TimeDelta::minutes(1));
        let all = usize::try_from(held).unwrap();
        bot.fake.wait("everything sent", |fake| (fake.sent() >= all).then_some(())).await;
        let name = bot.app.db.name();
        let fake = bot.stop().await;
        let sent = fake.sent_since(0);
        for chat in 1..=WAITING {
            let own = sent.iter().filter(|sent| sent.chat == chat).count();
            assert_eq!(own, if is_in_danger(chat) { danger } else { ordinary }, "chat {chat} on {name}");
        }
        let last = sent.iter().rposition(|sent| is_in_danger(sent.chat)).unwrap();
        let before = sent[..last].iter().filter(|sent| !is_in_danger(sent.chat)).count();
        assert!(before <= 2 * SIDE_BY_SIDE, "{before} ordinary replies went out before the last about danger");
        let (in_all, _, early) = fake.refused();
        assert_eq!((in_all, early), (0, 0), "too much in all, and too early after a refusal");
    }
}
