//! What is said again, or in parts: words that did not change are answered once, and an album is one thing.

use serde_json::json;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};

use super::Bot;
use super::killed::counters;
use crate::fake_bot_api::{Sent, updates};
use crate::fixtures::databases;

const QUESTION: &str = "where can I get free legal help?";

#[tokio::test]
async fn an_edit_that_changes_no_word_is_neither_answered_nor_counted() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        bot.say(1, QUESTION, 1).await;
        let counted = counters(&bot.app.db).await;
        // A preview of a link, a pin, bold words: Telegram calls all of that an edit.
        bot.fake.push(updates::edited(1, QUESTION));
        let mut bold = updates::edited(1, QUESTION);
        bold["edited_message"]["entities"] = json!([{"type": "bold", "offset": 0, "length": 5}]);
        bot.fake.push(bold);
        bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
        assert_eq!(counters(&bot.app.db).await, counted);
        assert_eq!(bot.stop().await.sent(), 1);
    }
}

#[tokio::test]
async fn words_that_did_change_are_answered_once_also_when_they_change_back() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        bot.say(1, "hola", 1).await;
        for words in [QUESTION, QUESTION, "hola", "hola"] {
            bot.fake.push(updates::edited(1, words));
        }
        bot.fake.wait_sent(1, 3).await;
        bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
        let sent = bot.stop().await.sent_to(1);
        assert!(sent.len() == 3 && sent[1].text.contains("Asistencia Judicial"), "{sent:?}");
        assert_eq!(sent[2].text, sent[0].text);
    }
}

#[tokio::test]
async fn after_forget_an_edit_is_something_new() {
    let bot = Bot::start().await;
    bot.say(1, QUESTION, 1).await;
    let asked = bot.say(1, "/forget", 1).await;
    let yes = asked[0].rows[0][0].1.clone();
    bot.fake.push(updates::press(1, asked[0].id, &yes, 1));
    bot.wait_forgotten(1).await;
    let before = bot.fake.sent_to(1).len();
    bot.fake.push(updates::edited(1, QUESTION));
    bot.fake.wait_sent(1, before + 1).await;
    bot.stop().await;
}

#[tokio::test]
async fn an_album_gets_one_reply_and_words_under_it_are_the_question() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        bot.fake.wait_calls("getupdates", 1).await;
        for number in 10..14 {
            bot.fake.push(updates::album(1, number, "13579", None));
            // The same number in another chat, with words under the third picture.
            bot.fake.push(updates::album(2, number, "13579", (number == 12).then_some(QUESTION)));
        }
        bot.fake.wait("all confirmed", |fake| (fake.pending() == 0).then_some(())).await;
        let alone = bot.say(3, QUESTION, 1).await;
        // The reply to pictures without words waits a moment for words.
        bot.app.clock.advance(chrono::TimeDelta::seconds(3));
        bot.fake.wait_sent(1, 1).await;
        let fake = bot.stop().await;
        let pictures = fake.sent_to(1);
        assert_eq!(pictures.len(), 1, "{pictures:?}");
        assert!(pictures[0].text.contains(&say(Lang::first(), &Phrase::Photo)), "{}", pictures[0].text);
        let question = fake.sent_to(2);
        let texts = |sent: &[Sent]| sent.iter().map(|sent| sent.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&question), texts(&alone), "as without pictures");
    }
}
