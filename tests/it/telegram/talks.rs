//! The talks of `tests/talks`, held through Telegram: it says what the conversation says.

use chrono::TimeDelta;
use serde_json::json;
use ventanilla::bot::citizen::{Input, Media, Message};
use ventanilla::bot::script::talk_file::line;

use super::{Bot, letters};
use crate::fake_bot_api::{Sent, updates};
use crate::talks::{Turn, run, talks};

const CHAT: i64 = 1;

#[tokio::test]
async fn every_talk_goes_the_same_way_through_telegram() {
    for (name, text) in talks() {
        let bot = Bot::start().await;
        for (number, turn) in (0..).zip(run(&name, &text)) {
            bot.app.clock.advance(TimeDelta::minutes(turn.wait));
            hold(&bot, &turn, number, &name).await;
        }
        bot.stop().await;
    }
}

async fn hold(bot: &Bot, turn: &Turn, number: u32, talk: &str) {
    let before = bot.fake.sent_to(CHAT);
    let expected: Vec<String> = turn.messages.iter().flat_map(pieces).collect();
    bot.fake.push(update(turn, &before, number));
    let sent = bot.fake.wait_sent(CHAT, before.len() + expected.len()).await.split_off(before.len());
    let shown: Vec<String> = sent.iter().map(shown).collect();
    assert_eq!(shown, expected, "{talk}: {}", line(&turn.said, turn.label.as_deref()));
}

fn update(turn: &Turn, before: &[Sent], number: u32) -> serde_json::Value {
    let media = |media: Media| match media {
        Media::Photo => "photo",
        Media::Voice => "voice",
        Media::Sticker => "sticker",
        Media::Other => "document",
    };
    let mut update = match &turn.said {
        Input::Press(button) => {
            let data = button.to_string();
            let has = |sent: &&Sent| sent.rows.iter().flatten().any(|(_, own)| *own == data);
            let under = before.iter().rev().find(has).unwrap().id;
            updates::press(CHAT, under, &data, number)
        }
        Input::OldButton => updates::press(CHAT, 1, "of long ago", number),
        Input::Place(place) => updates::place(CHAT, place.lat(), place.lon()),
        Input::Media(kind) => updates::sends(CHAT, json!({media(*kind): {}})),
        said @ (Input::Text(_) | Input::Command(_) | Input::Start(_)) => {
            updates::text(CHAT, line(said, None).trim_start_matches("> "))
        }
    };
    let language = turn.proposed.map(|lang| lang.code());
    for place in ["/message/from", "/callback_query/from"] {
        if let Some(from) = update.pointer_mut(place) {
            from["language_code"] = json!(language);
        }
    }
    update
}

/// A message as it must be seen: the words and the buttons, and the map in a message of its own.
fn pieces(message: &Message) -> Vec<String> {
    let labels: Vec<_> = message.choices().map(|choice| (choice.label.as_str(), choice.button.to_string())).collect();
    let words = message.words();
    let words =
        (!words.trim().is_empty()).then(|| piece(&words, labels.iter().map(|(label, data)| (*label, data.as_str()))));
    let map = message.pin.as_ref().map(|pin| piece(&pin.title, []));
    words.into_iter().chain(map).collect()
}

fn shown(sent: &Sent) -> String {
    piece(&sent.text, sent.rows.iter().flatten().map(|(label, data)| (label.as_str(), data.as_str())))
}

/// The letters of the words, and the first letters of the labels: Telegram's lines are its own, and long labels are cut.
fn piece<'a>(words: &str, buttons: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let button =
        |(label, data): (&str, &str)| format!(" [{}|{data}]", letters(label).chars().take(30).collect::<String>());
    letters(words) + &buttons.into_iter().map(button).collect::<String>()
}
