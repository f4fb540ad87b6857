//! Groups: the bot speaks only when it is spoken to.

use serde_json::json;

use super::Bot;
use crate::fake_bot_api::{ApiFailure, Way, updates};

const GROUP: i64 = -1001;

#[tokio::test]
async fn in_a_group_only_what_is_meant_for_us_is_answered() {
    let bot = Bot::start().await;
    // The bot knows its name when it has asked for it.
    bot.fake.wait_calls("getupdates", 1).await;
    for words in ["hola a todos", "/topics@other_bot", "@ventanilla_test_bot2 x", "https://t.me/ventanilla_test_bot"] {
        bot.fake.push(updates::in_group(GROUP, words));
    }
    bot.fake.push(updates::in_group(GROUP, "@Ventanilla_Test_Bot where can I get free legal help?"));
    let sent = bot.fake.wait_sent(GROUP, 1).await;
    assert!(sent[0].text.contains("Asistencia Judicial"), "{}", sent[0].text);
    assert_eq!(sent[0].call["reply_parameters"]["message_id"], 7);
    let ours = json!({"message_id": 1, "date": 0, "chat": {"id": GROUP, "type": "supergroup"},
        "from": {"id": 4200, "is_bot": true, "first_name": "V"}});
    bot.fake.push(updates::sends(GROUP, json!({"text": "thanks", "reply_to_message": ours})));
    assert_eq!(bot.fake.wait_sent(GROUP, 2).await.len(), 2);
    bot.stop().await;
}

#[tokio::test]
async fn a_group_is_never_asked_where_it_is() {
    let bot = Bot::start().await;
    bot.fake.push(updates::in_group(GROUP, "/offices"));
    bot.fake.push(updates::in_group(GROUP, "/help"));
    let sent = bot.fake.wait_sent(GROUP, 2).await;
    assert!(sent.iter().all(|sent| !sent.asks_place && !sent.rows.is_empty()));
    bot.stop().await;
}

#[tokio::test]
async fn a_topic_of_a_group_is_answered_in_the_topic() {
    let bot = Bot::start().await;
    bot.fake.push(updates::sends(GROUP, json!({"text": "/help", "message_thread_id": 5, "is_topic_message": true})));
    assert_eq!(bot.fake.wait_sent(GROUP, 1).await[0].call["message_thread_id"], 5);
    bot.stop().await;
}

#[tokio::test]
async fn a_group_that_has_moved_is_answered_at_its_new_number() {
    let bot = Bot::start().await;
    bot.fake.trouble(ApiFailure { method: None, chat: Some(GROUP), way: Way::Moved(-2002), times: 1 });
    bot.fake.push(updates::in_group(GROUP, "/help"));
    let sent = bot.fake.wait_sent(-2002, 1).await;
    assert!(sent[0].call.get("reply_parameters").is_none());
    bot.stop().await;
}
