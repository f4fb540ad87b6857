//! Talking with the bot: first steps, places, buttons, and messages that are not questions.

use serde_json::json;
use ventanilla::bot::citizen::Button;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};

use super::Bot;
use crate::fake_bot_api::{ApiFailure, Way, updates};

fn kreyol() -> Lang {
    Lang::proposed_for("fr").unwrap()
}

#[tokio::test]
async fn somebody_begins_chooses_kreyol_and_is_answered() {
    let bot = Bot::start().await;
    bot.fake.push(updates::text_in("fr", 1, "/start"));
    let first = bot.fake.wait_sent(1, 2).await;
    assert_eq!(first[0].rows[0][0].0, kreyol().name(), "proposed first");
    let chosen = bot.press(1, &first[0], &Button::Language(kreyol()), 1, 2).await;
    assert!(chosen.iter().all(|sent| !sent.edited), "the languages stay where they can be found again");
    assert_eq!(chosen[0].text, say(kreyol(), &Phrase::LanguageChosen));
    let answer = bot.say(1, "Mwen ansent 3 mwa, ki kote pou m ale fè swivi gwosès la?", 1).await;
    assert!(answer[0].text.contains("CESFAM"), "{}", answer[0].text);
    assert_eq!(bot.fake.calls("answercallbackquery"), [json!({"callback_query_id": "query1"})]);
    bot.stop().await;
}

#[tokio::test]
async fn an_edited_question_is_answered_anew() {
    let bot = Bot::start().await;
    bot.say(1, "hola", 1).await;
    bot.fake.push(updates::edited(1, "where can I get free legal help?"));
    let sent = bot.fake.wait_sent(1, 2).await;
    assert!(sent[1].text.contains("Asistencia Judicial") && !sent[1].edited, "{}", sent[1].text);
    bot.stop().await;
}

#[tokio::test]
async fn a_button_edits_its_message_and_where_that_is_refused_something_new_is_sent() {
    let bot = Bot::start().await;
    let menu = bot.say(1, "/help", 1).await;
    let topics = bot.press(1, &menu[0], &Button::Topics, 1, 1).await;
    assert!(topics[0].edited && topics[0].id == menu[0].id);
    // Pressed twice: nothing changes, nothing is sent, and the button is answered all the same.
    bot.fake.push(updates::press(1, menu[0].id, &Button::Topics.to_string(), 2));
    bot.fake.wait_calls("answercallbackquery", 2).await;
    assert_eq!(bot.fake.sent_to(1).len(), 2);
    let refused = Way::Refused("message can't be edited");
    bot.fake.trouble(ApiFailure { method: Some("editmessagetext"), chat: Some(1), way: refused, times: 1 });
    let menu = bot.press(1, &menu[0], &Button::Menu, 3, 1).await;
    assert!(!menu[0].edited);
    bot.fake.wait_calls("answercallbackquery", 3).await;
    bot.stop().await;
}

#[tokio::test]
async fn a_button_of_long_ago_gets_a_friendly_answer() {
    let bot = Bot::start().await;
    // Telegram itself has forgotten this query, and refuses the answer to it.
    bot.fake.push(json!({"callback_query": {"id": "too-old", "from": {"id": 1, "is_bot": false, "first_name": "A"},
        "chat_instance": "x", "data": "what-was-this", "message": {"message_id": 3, "date": 0, "chat": {"id": 1, "type": "private"}}}}));
    let sent = bot.fake.wait_sent(1, 1).await;
    assert_eq!(sent[0].text, say(Lang::first(), &Phrase::OldButton));
    bot.stop().await;
}

#[tokio::test]
async fn a_shared_place_finds_offices_and_an_office_comes_with_a_map() {
    let bot = Bot::start().await;
    let asked = bot.say(1, "/offices", 2).await;
    assert!(asked[1].asks_place);
    bot.fake.push(updates::place(1, -33.36, -70.73));
    let near = bot.fake.wait_sent(1, 3).await.pop().unwrap();
    let button = near.rows.iter().flatten().find(|(label, _)| label.starts_with('🗺')).expect("an office").1.clone();
    bot.fake.push(updates::press(1, near.id, &button, 1));
    let has_map =
        |fake: &crate::fake_bot_api::FakeBotApi| fake.sent_to(1).into_iter().find(|sent| sent.venue.is_some());
    let map = bot.fake.wait("a map", has_map).await;
    assert!(!map.text.is_empty());
    bot.stop().await;
}

#[tokio::test]
async fn whatever_is_sent_has_a_reply() {
    let bot = Bot::start().await;
    let texts = [
        "👍👍🏿",
        "مرحبا، كيف يمكنني الحصول على تأشيرة؟",
        "\u{200b}\u{200d}\u{feff}",
        "\u{202e}txet",
        "\u{0}",
        "' OR 1=1; --",
        "{{7*7}} ${7*7} <script>alert(1)</script> &lt;",
        "/",
        "/nonsense",
        "[x](tel:1) **",
        "%s%n",
        "…",
    ];
    let long = ["a ".repeat(2048), "é".repeat(4096), "👨‍👩‍👧‍👦".repeat(372), "a".repeat(4096), "(".repeat(4096)];
    let all: Vec<&str> = texts.into_iter().chain(long.iter().map(String::as_str)).collect();
    for (chat, text) in (1..).zip(&all) {
        bot.fake.push(updates::text(chat, text));
    }
    for (chat, field) in (101..).zip(["photo", "voice", "sticker", "document", "video", "contact", "poll", "dice"]) {
        bot.fake.push(updates::sends(chat, json!({field: {}})));
    }
    for chat in (1..=all.len() as i64).chain(101..109) {
        bot.fake.wait_sent(chat, 1).await;
    }
    bot.stop().await;
}
