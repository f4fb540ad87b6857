//! What a message wears may be refused, and its words arrive: topics, reply references, buttons, form, places on the map.

use serde_json::json;
use ventanilla::app::undelivered;
use ventanilla::store::outbox;

use super::Bot;
use crate::fake_bot_api::{ApiFailure, FakeBotApi, Sent, Way, updates};

const GROUP: i64 = -1005;

fn refusing(method: &'static str, chat: i64, why: &'static str) -> ApiFailure {
    ApiFailure { method: Some(method), chat: Some(chat), way: Way::Refused(why), times: 1 }
}

/// A reply into a topic of a group, after Telegram has refused the first try for this reason.
async fn refused_in_topic(bot: &Bot, why: &'static str) -> Sent {
    let before = bot.fake.sent_to(GROUP).len();
    bot.fake.trouble(refusing("sendmessage", GROUP, why));
    bot.fake.push(updates::sends(GROUP, json!({"text": "/help", "message_thread_id": 5, "is_topic_message": true})));
    bot.fake.wait_sent(GROUP, before + 1).await.pop().unwrap()
}

#[tokio::test]
async fn a_topic_a_reply_reference_a_keyboard_or_a_form_that_is_refused_costs_no_words() {
    let bot = Bot::start().await;
    for (why, without) in [
        ("message thread not found", "message_thread_id"),
        ("TOPIC_CLOSED", "message_thread_id"),
        ("message to be replied not found", "reply_parameters"),
        ("BUTTON_DATA_INVALID", "reply_markup"),
        ("can't parse entities: Unsupported start tag \"x\" at byte offset 3", "parse_mode"),
    ] {
        let sent = refused_in_topic(&bot, why).await;
        assert!(sent.text.chars().count() > 20, "{why}: {}", sent.text);
        for part in ["message_thread_id", "reply_parameters", "reply_markup", "parse_mode"] {
            assert_eq!(sent.call.get(part).is_none(), part == without, "{why}: {part} in {}", sent.call);
        }
        assert!(sent.call.get("parse_mode").is_some() || !sent.text.contains(['<', '>']), "{}", sent.text);
    }
    bot.stop().await;
}

#[tokio::test]
async fn a_refusal_that_names_nothing_costs_everything_but_the_words() {
    let bot = Bot::start().await;
    bot.fake.trouble(ApiFailure { times: 4, ..refusing("sendmessage", GROUP, "of tomorrow") });
    bot.fake.push(updates::sends(GROUP, json!({"text": "/help", "message_thread_id": 5, "is_topic_message": true})));
    let sent = bot.fake.wait_sent(GROUP, 1).await.remove(0);
    assert!(sent.call.get("parse_mode").is_none() && sent.rows.is_empty(), "{}", sent.call);
    bot.stop().await;
}

#[tokio::test]
async fn a_place_on_the_map_that_is_refused_is_told_in_words() {
    let bot = Bot::start().await;
    bot.fake.push(updates::place(1, -33.36, -70.73));
    let near = bot.fake.wait_sent(1, 1).await.pop().unwrap();
    let button = near.rows.iter().flatten().find(|(label, _)| label.starts_with('🗺')).expect("an office").1.clone();
    bot.fake.trouble(refusing("sendvenue", 1, "VENUE_ADDRESS_INVALID"));
    bot.fake.push(updates::press(1, near.id, &button, 1));
    let refused = bot.fake.wait_calls("sendvenue", 1).await.remove(0);
    let (title, address) = (refused["title"].as_str().unwrap(), refused["address"].as_str().unwrap());
    let told = |fake: &FakeBotApi| fake.sent_to(1).into_iter().find(|sent| sent.text.starts_with(title));
    let told = bot.fake.wait("the place in words", told).await;
    assert!(told.text.contains(address) && told.venue.is_none(), "{}", told.text);
    bot.stop().await;
}

#[tokio::test]
async fn a_chat_that_is_not_there_is_asked_once() {
    let bot = Bot::start().await;
    bot.fake.trouble(ApiFailure { times: 9, ..refusing("sendmessage", 1, "chat not found") });
    bot.fake.push(updates::text(1, "/help"));
    bot.fake.wait_calls("sendmessage", 1).await;
    bot.say(2, "/help", 1).await;
    while outbox::waiting(&bot.app.db).await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(undelivered(&bot.app.db).await.unwrap().len(), 1);
    assert_eq!(bot.fake.calls("sendmessage").len(), 2);
    bot.stop().await;
}
