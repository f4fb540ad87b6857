//! Long polling: trouble is waited out, nothing comes twice, and a stop loses nothing.

use serde_json::json;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};
use ventanilla::store::Db;

use super::Bot;
use crate::fake_bot_api::{ApiFailure, FakeBotApi, Way, updates};

#[tokio::test]
async fn trouble_with_fetching_is_waited_out() {
    let bot = Bot::start().await;
    bot.fake.trouble(ApiFailure { method: Some("getupdates"), chat: None, way: Way::Unwell, times: 2 });
    bot.say(1, "/help", 1).await;
    bot.stop().await;
}

#[tokio::test]
async fn a_webhook_that_somebody_left_is_taken_away() {
    let bot = Bot::start().await;
    bot.say(1, "/help", 1).await;
    // The request that is open now goes on; the next is refused.
    bot.fake.push(updates::text(1, "/about"));
    let client = reqwest::Client::new();
    let url = format!("{}/bot{}/setWebhook", bot.fake.url(), crate::fake_bot_api::TOKEN);
    client.post(url).json(&json!({"url": "https://elsewhere.example"})).send().await.unwrap();
    bot.say(1, "/privacy", 1).await;
    bot.stop().await;
}

#[tokio::test]
async fn broken_and_unknown_updates_do_not_stop_the_loop() {
    let bot = Bot::start().await;
    for update in [
        json!({"message": {"chat": 7}}),
        json!({"message": "x"}),
        json!({"callback_query": {"id": 7}}),
        json!({"my_chat_member": {}}),
        json!({"message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "of-tomorrow"}, "text": "x"}}),
    ] {
        bot.fake.push(update);
    }
    bot.say(1, "/help", 1).await;
    let fake = bot.stop().await;
    assert_eq!((fake.pending(), fake.sent()), (0, 1));
}

#[tokio::test]
async fn an_update_that_cannot_be_decoded_is_passed_over_and_the_others_are_answered() {
    let bot = Bot::start().await;
    bot.fake.wait_calls("getupdates", 1).await;
    // Half an emoji in a name, bytes that are no UTF-8, a number that is none: what a JSON library never writes.
    bot.fake.spoil("NAME-1", b"\\ud83d");
    bot.fake.spoil("NAME-2", &[0xff, 0xc3]);
    bot.fake.spoil("\"NUMBER\"", b"1e999");
    for (chat, name) in [(1, "NAME-1"), (2, "NAME-2"), (3, "Somebody")] {
        let mut update = updates::text(chat, "/help");
        update["message"]["from"]["first_name"] = json!(name);
        if chat == 3 {
            update["message"]["entities"] = json!([{"offset": "NUMBER"}]);
        }
        bot.fake.push(update);
    }
    bot.say(4, "/help", 1).await;
    // Whose name was cut is answered as everybody is.
    for chat in [1, 2] {
        bot.fake.wait_sent(chat, 1).await;
    }
    bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
    assert_eq!(bot.stop().await.sent_to(3).len(), 0, "the one that cannot be decoded");
}

#[tokio::test]
async fn the_green_light_goes_out_while_polling_makes_no_progress() {
    let bot = Bot::start().await;
    bot.say(1, "/help", 1).await;
    assert_eq!(bot.ready().await.0, 200);
    bot.fake.trouble(ApiFailure { method: Some("getupdates"), chat: None, way: Way::Unwell, times: 3 });
    let polls = bot.fake.calls("getupdates").len();
    bot.fake.push(updates::text(1, "/about"));
    bot.fake.wait_calls("getupdates", polls + 1).await;
    bot.app.clock.advance(chrono::TimeDelta::minutes(3));
    let (status, words) = bot.ready().await;
    assert!(status == 503 && words["status"].as_str().unwrap().contains("Telegram"), "{status} {words}");
    bot.wait_ready(200).await;
    bot.stop().await;
}

#[tokio::test]
async fn only_the_kinds_that_we_read_are_asked_for() {
    let bot = Bot::start().await;
    let asked = bot.fake.wait_calls("getupdates", 1).await;
    assert_eq!(asked[0]["allowed_updates"], json!(["message", "edited_message", "callback_query", "my_chat_member"]));
    bot.stop().await;
}

#[tokio::test]
async fn a_stop_finishes_the_turns_in_hand_and_sends_their_replies() {
    let bot = Bot::start().await;
    bot.fake.wait_calls("getupdates", 1).await;
    for chat in 1..=60 {
        bot.fake.push(updates::text(chat, "/help"));
    }
    bot.fake.wait("the first reply", |fake: &FakeBotApi| (fake.sent() > 0).then_some(())).await;
    let fake = bot.stop().await;
    // Telegram was told what was taken, and everything that was taken was answered.
    assert_eq!(fake.sent() + fake.pending(), 60);
}

#[tokio::test]
async fn an_update_that_can_never_be_taken_gets_an_apology_and_holds_up_no_other() {
    let bot = Bot::start().await;
    bot.say(1, "/help", 1).await;
    let Db::Sqlite { write, .. } = &bot.app.db else { panic!("SQLite") };
    sqlx::query("UPDATE chats SET lang = 'of tomorrow'").execute(write).await.unwrap();
    bot.fake.push(updates::text(1, "/help"));
    bot.say(2, "/about", 1).await;
    let sent = bot.fake.wait_sent(1, 2).await;
    let apology = say(Lang::first(), &Phrase::InternalError { code: "" });
    assert!(sent[1].text.starts_with(&apology), "{}", sent[1].text);
    bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
    assert_eq!(bot.stop().await.sent(), 3);
}

#[tokio::test]
async fn while_the_database_is_away_updates_wait_at_telegram() {
    let bot = Bot::start().await;
    bot.say(1, "/help", 1).await;
    bot.app.db.close().await;
    bot.fake.push(updates::text(1, "/about"));
    let polls = bot.fake.calls("getupdates").len();
    bot.fake.wait_calls("getupdates", polls + 3).await;
    let fake = bot.stop().await;
    assert_eq!((fake.pending(), fake.sent()), (1, 1));
}
