//! What is kept of a person as a file for them: everything of the chat, nothing of anybody else's, by every door.

use serde_json::json;
use ventanilla::app::{App, Arrival, Taken, copy_of_chat, take_turn};
use ventanilla::bot::citizen::{Button, Input, TurnInput};
use ventanilla::domain::inbox::question::{Line, Speaker};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::inbox::questions;

use crate::fixtures::{app, databases};
use crate::telegram::Bot;
use crate::visitor::site;

const LATER: &str = "kilè match pwochen an ap jwe?";
const QUESTION: &str = "ki ekip ki genyen match foutbòl la yè swa?";

async fn says(app: &App, door: Door, address: &str, said: Input) -> Taken {
    let way = json!({ "chat": address });
    let heard = TurnInput { input: said, proposed: Lang::parse("en"), reachable: true };
    let (address, later) = (address.to_owned(), Some(way.clone()));
    take_turn(app, &Arrival { door, address, update: None, turn_input: heard, return_to: way, later }).await.unwrap()
}

/// Somebody who has chosen a language and a municipality, wants to be told, and has left a question.
async fn lived_in(app: &App, address: &str, question: &str) {
    let lang = Lang::parse("ht").unwrap();
    let mine = Button::Mine("quilicura".parse().unwrap());
    for said in [Input::Press(Button::Language(lang)), Input::Press(mine), Input::Text(question.to_owned())] {
        says(app, Door::Telegram, address, said).await;
    }
    for button in [Button::TellMe(lang), Button::Leave(lang)] {
        says(app, Door::Telegram, address, Input::Press(button)).await;
    }
}

#[tokio::test]
async fn the_file_holds_all_that_is_kept_of_the_chat_and_nothing_of_another() {
    for test in databases().await {
        let app = app(&test);
        lived_in(&app, "71", QUESTION).await;
        says(&app, Door::Telegram, "71", Input::Text(LATER.to_owned())).await;
        lived_in(&app, "72", "kote m ka achte yon bato pou m peche pwason?").await;
        let key = app.encryption.chat_key(Door::Telegram, "71");
        let words = vec![(Lang::parse("ht").unwrap(), "N ap gade sa".to_owned())];
        let line = Line { by: Speaker::Staff("Biwo Migran".to_owned()), words, at: 1_795_000_000 };
        let mut tx = test.db.begin().await.unwrap();
        assert!(questions::add_line(&mut tx, &key, &app.encryption.encrypt(&key, &line)).await.unwrap());
        tx.commit().await.unwrap();
        let Taken::Replied(messages) = says(&app, Door::Telegram, "71", Input::Press(Button::Copy)).await else {
            panic!("a reply")
        };
        let file = messages[0].file.clone().expect("a file");
        assert_eq!(file.name, "enfomasyon-mwen.txt");
        for part in ["Kreyòl", "Quilicura", "23 novanm 2026", "Biwo Migran: N ap gade sa", "/forget"] {
            assert!(file.text.contains(part), "{part}: {}", file.text);
        }
        // As the wish and as the question; what was said last, as the memory.
        assert_eq!(file.text.matches("ki ekip ki genyen").count(), 2, "{}", file.text);
        assert_eq!(file.text.matches(LATER).count(), 1, "{}", file.text);
        assert!(!file.text.contains("bato") && !file.text.contains(key.as_str()), "{}", file.text);
        let nothing = copy_of_chat(&app, Door::Telegram, "73", Lang::first()).await.unwrap();
        assert!(!nothing.text.contains("Quilicura") && nothing.text.contains("/forget"), "{}", nothing.text);
    }
}

#[tokio::test]
async fn in_telegram_the_file_comes_as_a_document_after_its_words() {
    let bot = Bot::start().await;
    let asked = bot.say(7, "/privacy", 1).await;
    let sent = bot.press(7, &asked[0], &Button::Copy, 1, 2).await;
    let calls = bot.fake.calls("senddocument");
    assert_eq!((calls.len(), sent.len()), (1, 2));
    assert!(sent[1].text.contains("/forget"), "{sent:?}");
    assert_eq!(calls[0]["chat_id"], json!(7));
    bot.stop().await;
}

#[tokio::test]
async fn on_the_web_page_a_link_gives_the_file_to_whoever_has_the_talks_cookie() {
    let site = site().await;
    let visitor = site.visitor("es-CL");
    visitor.say("kote m ka jwenn yon doktè pou pitit mwen?").await;
    let page = visitor.press("copy").await;
    assert_eq!(page.attributes(".bubble a[download]", "href"), ["/my-data"]);
    let file = visitor.raw_get("/my-data").await;
    assert_eq!(file.headers()["content-type"], "text/plain; charset=utf-8");
    assert!(file.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let text = file.text().await.unwrap();
    assert!(text.contains("kote m ka jwenn yon doktè"), "{text}");
    let stranger = site.visitor("es-CL").look("/my-data").await;
    assert!(!stranger.text.contains("kote m ka jwenn"));
}
