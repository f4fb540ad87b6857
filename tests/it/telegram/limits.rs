//! The fake server itself: it takes what teloxide's own client sends, and refuses what Telegram refuses.

use serde_json::{Value, json};
use teloxide::Bot;
use teloxide::prelude::Requester;
use teloxide::types::ChatId;

use crate::fake_bot_api::{FakeBotApi, TOKEN, updates};

#[tokio::test]
async fn it_takes_what_teloxide_sends() {
    let fake = FakeBotApi::start().await;
    let bot = Bot::new(TOKEN).set_api_url(fake.url().parse().unwrap());
    assert_eq!(bot.get_me().await.unwrap().username(), "ventanilla_test_bot");
    bot.set_webhook("https://x.example/hook".parse().unwrap()).await.unwrap();
    assert_eq!(fake.calls("setwebhook")[0]["url"], "https://x.example/hook", "a multipart body");
    assert!(bot.get_updates().await.is_err(), "a webhook is set");
    bot.delete_webhook().await.unwrap();
    fake.push(updates::text(1, "x"));
    assert_eq!(bot.get_updates().await.unwrap().len(), 1);
    bot.send_message(ChatId(1), "hello").await.unwrap();
    assert_eq!(fake.sent_to(1)[0].text, "hello");
}

#[tokio::test]
async fn it_refuses_what_telegram_refuses() {
    let fake = FakeBotApi::start().await;
    let call = async |method: &str, body: Value| {
        let url = format!("{}/bot{TOKEN}/{method}", fake.url());
        reqwest::Client::new().post(url).json(&body).send().await.unwrap().status().as_u16()
    };
    let html = |text: &str| json!({"chat_id": 1, "text": text, "parse_mode": "HTML"});
    assert_eq!(call("SENDMESSAGE", html("<b>x</b>")).await, 200);
    assert_eq!(call("sendMessage", html("<b>x")).await, 400);
    assert_eq!(call("sendMessage", html(" ")).await, 400);
    assert_eq!(call("sendMessage", html(&"&lt;".repeat(4096))).await, 200);
    assert_eq!(call("sendMessage", html(&"😀".repeat(2049))).await, 400);
    let data = |length: usize| json!({"inline_keyboard": [[{"text": "x", "callback_data": "x".repeat(length)}]]});
    assert_eq!(call("sendMessage", json!({"chat_id": 1, "text": "x", "reply_markup": data(64)})).await, 200);
    assert_eq!(call("sendMessage", json!({"chat_id": 1, "text": "x", "reply_markup": data(65)})).await, 400);
    let asks = json!({"keyboard": [[{"text": "x", "request_location": true}]]});
    assert_eq!(call("sendMessage", json!({"chat_id": -1, "text": "x", "reply_markup": asks})).await, 400);
    assert_eq!(call("editMessageText", json!({"chat_id": 1, "message_id": 5, "text": "x"})).await, 400);
    assert_eq!(call("nonsense", json!({})).await, 404);
    let stranger = format!("{}/bot1:wrong/getMe", fake.url());
    assert_eq!(reqwest::get(stranger).await.unwrap().status().as_u16(), 401);
}
