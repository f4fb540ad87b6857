//! Discreet matters: one tap takes back what the bot has said about them, at each door and in three languages.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;
use tokio::time::{Instant, interval};
use ventanilla::app::clean_up;
use ventanilla::bot::citizen::Button;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};
use ventanilla::terminal::{Settings, talk};

use crate::fake_bot_api::updates;
use crate::fixtures::{KNOWLEDGE, app, sqlite};
use crate::forget::table;
use crate::telegram::Bot;
use crate::visitor::site;

const LINK: &str = "/start protection_gender-violence";

/// The question of the answer that is taken back, in a language.
fn question(lang: Lang) -> String {
    KNOWLEDGE.entry(&"protection/gender-violence".parse().unwrap()).unwrap().question(lang).to_owned()
}

/// A language code of a phone that proposes this language.
fn phone(lang: Lang) -> &'static str {
    ["fr", "es", "en"].into_iter().find(|code| Lang::proposed_for(code) == Some(lang)).unwrap()
}

/// Waits until so many values are kept of messages that may be taken back: what has arrived is handed in a moment later.
async fn kept(bot: &Bot, values: usize) {
    let (start, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
    loop {
        let rows = table(&bot.app.db, "shown_messages").await;
        if rows.len() == values {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{rows:?}");
        look.tick().await;
    }
}

#[tokio::test]
async fn telegram_deletes_every_message_of_the_matter_and_nothing_else() {
    let bot = Bot::start().await;
    for (n, lang) in Lang::all().enumerate() {
        let chat = 100 + n as i64;
        bot.fake.push(updates::text_in(phone(lang), chat, "/help"));
        let help = bot.fake.wait_sent(chat, 1).await.remove(0);
        bot.fake.push(updates::text_in(phone(lang), chat, LINK));
        let shown = bot.fake.wait_sent(chat, 3).await.split_off(1);
        assert!(shown[1].text.contains(&question(lang)), "{}", shown[1].text);
        let retract = shown[1].rows.iter().flatten().find(|(_, data)| *data == Button::Retract.to_string()).unwrap();
        assert_eq!(retract.0, say(lang, &Phrase::ButtonRetract));
        assert!(!help.rows.iter().flatten().any(|(_, data)| *data == Button::Retract.to_string()));
        bot.fake.push(updates::press(chat, shown[1].id, &Button::Retract.to_string(), n as u32));
        let of_chat = |call: &Value| call["chat_id"] == chat;
        let deleted = bot.fake.wait("deleted", |fake| fake.calls("deletemessages").into_iter().find(of_chat)).await;
        let mut ids: Vec<i64> = shown.iter().map(|sent| sent.id).collect();
        ids.sort_unstable();
        assert_eq!(deleted, serde_json::json!({ "chat_id": chat, "message_ids": ids }));
        let last = bot.fake.wait_sent(chat, 4).await.remove(3);
        assert!(!last.edited && !last.text.contains(&question(lang)), "{}", last.text);
        // The button of a message whose talk is forgotten deletes at least that message.
        bot.fake.push(updates::press(chat, help.id, &Button::Retract.to_string(), 50 + n as u32));
        bot.fake.wait_sent(chat, 5).await;
    }
    kept(&bot, 0).await;
    bot.stop().await;
}

#[tokio::test]
async fn numbers_of_messages_are_kept_sealed_and_for_as_long_as_the_talk_is_remembered() {
    let bot = Bot::start().await;
    bot.fake.push(updates::text_in("es", 7, LINK));
    bot.fake.wait_sent(7, 2).await;
    bot.fake.push(updates::text_in("es", 8, "/help"));
    bot.fake.wait_sent(8, 1).await;
    // Two messages of one chat, four columns each.
    kept(&bot, 2 * 4).await;
    bot.app.clock.advance(TimeDelta::minutes(31));
    clean_up(&bot.app).await.unwrap();
    kept(&bot, 0).await;
    bot.stop().await;
}

#[tokio::test]
async fn the_web_chat_drops_the_matter_and_leaves_what_came_before() {
    let site = site().await;
    for lang in Lang::all() {
        let visitor = site.visitor(phone(lang));
        let before = say(lang, &Phrase::CommandHelp);
        visitor.press(&Button::Help.to_string()).await;
        let page = visitor.press(&format!("i:protection/gender-violence:{lang}")).await;
        assert!(page.text.contains("1455"), "{lang}");
        assert!(page.text.contains("value=\"hush\""), "{lang}");
        let answer = visitor.send("/", &[("press", "hush")]).await;
        assert_eq!(answer.headers()["location"], "/");
        let page = visitor.look("/").await;
        assert!(!page.text.contains("1455") && !page.text.contains(&question(lang)), "{lang}");
        assert!(page.text.contains("class=\"talk\"") || page.text.contains(&before), "what came before stays: {lang}");
    }
}

#[tokio::test]
async fn the_terminal_is_cleared() {
    let db = sqlite().await;
    let app = app(&db);
    for lang in Lang::all() {
        let typed = format!("{LINK}\n[{}]\n", say(lang, &Phrase::ButtonRetract));
        let settings = Settings { address: format!("t-{lang}"), lang: Some(lang), record: None };
        let mut screen = Vec::new();
        talk(&app, typed.as_bytes(), &mut screen, &settings).await.unwrap();
        let screen = String::from_utf8(screen).unwrap();
        let (before, after) = screen.split_once("\u{1b}[H\u{1b}[2J\u{1b}[3J").expect("cleared");
        assert!(before.contains("1455") && !after.contains("1455"), "{lang}");
        assert!(!after.contains(&question(lang)), "{lang}");
    }
}
