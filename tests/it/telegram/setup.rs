//! What Telegram shows of the bot, and how updates are asked for.

use serde_json::json;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};

use super::{Bot, PACE};
use crate::fake_bot_api::{ApiFailure, FakeBotApi, Way};
use crate::fixtures;

#[tokio::test]
async fn the_bots_page_is_written_in_every_language_once() {
    let bot = Bot::start().await;
    let codes: usize = 1 + Lang::all().map(|lang| lang.about().proposed_for.len()).sum::<usize>();
    let names = bot.fake.wait_calls("setmyname", codes).await;
    for lang in Lang::all() {
        let descriptions = bot.fake.calls("setmydescription");
        let wanted = json!({"description": say(lang, &Phrase::BotDescription), "language_code": lang.code()});
        assert!(descriptions.contains(&wanted), "{descriptions:?}");
        let commands = bot.fake.calls("setmycommands");
        let own = commands.iter().find(|set| set["language_code"] == lang.code()).unwrap();
        assert_eq!(own["commands"][0], json!({"command": "start", "description": say(lang, &Phrase::CommandStart)}));
    }
    let fake = bot.stop().await;
    // Started once more there is nothing to change.
    let db = fixtures::sqlite().await;
    let app = fixtures::app(&db);
    let again = Bot::of(db, app, fake, PACE);
    again.fake.wait_calls("getmyname", 2 * codes).await;
    let fake = again.stop().await;
    assert_eq!(fake.calls("setmyname").len(), names.len());
    assert_eq!(fake.calls("setmycommands").len(), names.len());
}

#[tokio::test]
async fn a_page_that_cannot_be_written_and_a_slow_start_stop_nothing() {
    let db = fixtures::sqlite().await;
    let app = fixtures::app(&db);
    let fake = FakeBotApi::start().await;
    for (method, way) in [("getme", Way::Unwell), ("deletewebhook", Way::Unwell), ("setmycommands", Way::TooMany(900))]
    {
        fake.trouble(ApiFailure { method: Some(method), chat: None, way, times: 1 });
    }
    let bot = Bot::of(db, app, fake, PACE);
    bot.say(1, "/help", 1).await;
    bot.fake.wait_calls("setmyname", 3).await;
    bot.stop().await;
}
