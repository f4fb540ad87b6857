//! A chat that says too much: told once how long to wait, then nothing, and answered again; danger is always answered.

use serde_json::{Value, json};
use ventanilla::app::{Arrival, SourceMessage, Taken, take_turn_of};
use ventanilla::bot::citizen::{Button, Input, TurnInput};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::people::chat_rate::{LENGTH, MOST};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};

use super::Bot;
use crate::fake_bot_api::updates;
use crate::fixtures::{TestDb, app, databases};

/// Somebody whose Telegram speaks this language writes in their own chat, at this time.
fn at(time: i64, language: &str, chat: i64, words: &str) -> Value {
    let mut update = updates::text_in(language, chat, words);
    update["message"]["date"] = json!(time);
    update
}

fn told(language: &str, seconds: i64) -> String {
    say(Lang::proposed_for(language).unwrap(), &Phrase::TooMany { seconds: &seconds.to_string() })
}

#[tokio::test]
async fn a_chat_that_says_too_much_is_told_once_and_answered_again_when_the_minute_is_over() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        let most = usize::try_from(MOST).unwrap();
        for (chat, language) in [(1, "fr"), (2, "es"), (3, "en")] {
            for n in 0..MOST + 20 {
                bot.fake.push(at(1_000 + n / 10, language, chat, "/help"));
            }
            // Whoever is in danger is answered, however much they have said; and so is another chat.
            let danger = ["m ap touye tèt mwen", "me quiero matar", "i want to kill myself"][chat as usize - 1];
            bot.fake.push(at(1_050, language, chat, danger));
            bot.fake.push(at(1_055, language, chat, "/help"));
            bot.fake.push(at(1_055, language, chat + 10, "/help"));
            bot.fake.push(at(1_000 + LENGTH, language, chat, "/about"));
        }
        bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
        for (chat, language) in [(1, "fr"), (2, "es"), (3, "en")] {
            let sent = bot.fake.wait_sent(chat, most + 4).await;
            let texts: Vec<&str> = sent.iter().map(|sent| sent.text.as_str()).collect();
            let notice = told(language, LENGTH - MOST / 10);
            assert_eq!(texts.iter().position(|text| *text == notice), Some(most), "{texts:?}");
            assert_eq!(texts.iter().filter(|text| **text == notice).count(), 1);
            assert!(texts[most + 1].contains("*4141"), "{}", texts[most + 1]);
            assert_eq!(texts.len(), most + 4, "danger, what comes after it, and the next minute: {texts:?}");
            bot.fake.wait_sent(chat + 10, 1).await;
        }
        bot.stop().await;
    }
}

#[tokio::test]
async fn the_limit_holds_for_all_replicas_together_and_what_takes_back_or_erases_is_always_obeyed() {
    for TestDb { db, .. } in databases().await {
        let test = TestDb::of(db);
        let replicas = [app(&test), app(&test)];
        let mut number = 0;
        let mut says = async |said: Input| {
            number += 1;
            let heard = TurnInput { input: said, proposed: None, reachable: true };
            let (address, return_to) = ("5".to_owned(), json!({ "chat": 5 }));
            let arrival =
                Arrival { door: Door::Telegram, address, update: None, turn_input: heard, return_to, later: None };
            let source = SourceMessage { number, edited: false, words: None, album: None, at: Some(1_000) };
            take_turn_of(&replicas[number as usize % 2], &arrival, Some(&source)).await.unwrap()
        };
        let mut answered = 0;
        for _ in 0..MOST * 2 {
            let Taken::Replied(messages) = says(Input::Press(Button::Topics)).await else { panic!("no reply") };
            answered += messages.len() as i64;
        }
        assert_eq!(answered, MOST + 1, "so many answers, and one notice");
        assert!(matches!(says(Input::Press(Button::Retract)).await, Taken::Retracted(_)));
        assert!(matches!(says(Input::Press(Button::Topics)).await, Taken::Replied(none) if none.is_empty()));
        assert!(matches!(says(Input::Press(Button::ForgetYes)).await, Taken::Forgotten(_)));
    }
}
