//! Telegram that refuses, is slow, or is not there: nothing is lost, nothing stands still, nothing secret is logged.

use std::sync::{Arc, Mutex};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use ventanilla::bot::citizen::Command;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};

use super::Bot;
use crate::fake_bot_api::{ApiFailure, TOKEN, Way, updates};

fn sending(chat: i64, way: Way, times: usize) -> ApiFailure {
    ApiFailure { method: Some("sendmessage"), chat: Some(chat), way, times }
}

#[tokio::test]
async fn who_sends_too_much_waits_and_others_do_not() {
    let bot = Bot::start_now().await;
    bot.fake.trouble(sending(1, Way::TooMany(2), 1));
    bot.fake.push(updates::text(1, "/help"));
    bot.fake.push(updates::text(1, "/about"));
    bot.fake.wait_calls("sendmessage", 1).await;
    bot.say(2, "/help", 1).await;
    assert_eq!(bot.fake.sent_to(1).len(), 0, "the one who waits is not served first");
    let sent = bot.fake.wait_sent(1, 2).await;
    let about = say(Lang::first(), &Phrase::About);
    assert!(about.contains(&sent[1].text[40..80]), "in order");
    bot.stop().await;
}

#[tokio::test]
async fn a_server_that_is_not_well_is_asked_again() {
    let bot = Bot::start_now().await;
    bot.fake.trouble(sending(1, Way::Unwell, 2));
    bot.say(1, "/help", 1).await;
    assert_eq!(bot.fake.calls("sendmessage").len(), 3);
    bot.stop().await;
}

#[tokio::test]
async fn who_has_blocked_us_is_forgotten() {
    let bot = Bot::start().await;
    bot.say(1, "/help", 1).await;
    bot.say(2, "/help", 1).await;
    bot.fake.trouble(sending(1, Way::Forbidden, 1));
    bot.fake.push(updates::text(1, "/about"));
    bot.wait_forgotten(1).await;
    bot.fake.push(updates::blocked(2));
    bot.wait_forgotten(2).await;
    bot.stop().await;
}

#[tokio::test]
async fn what_telegram_will_never_take_is_put_aside_and_the_next_goes_out() {
    let bot = Bot::start().await;
    bot.fake.trouble(sending(1, Way::Refused("chat not found"), 1));
    bot.fake.push(updates::text(1, "/help"));
    bot.fake.wait_calls("sendmessage", 1).await;
    let sent = bot.say(1, "/about", 1).await;
    assert!(say(Lang::first(), &Phrase::About).contains(&sent[0].text[40..80]));
    bot.stop().await;
}

#[tokio::test]
async fn a_chat_that_hangs_holds_up_no_other_and_each_chat_is_served_in_order() {
    let bot = Bot::start().await;
    bot.fake.trouble(sending(99, Way::Hang, 1));
    bot.fake.push(updates::text(99, "/help"));
    bot.fake.wait_calls("sendmessage", 1).await;
    for _ in 0..5 {
        for command in [Command::Topics, Command::Privacy, Command::Help, Command::About, Command::Forget] {
            for chat in 1..=8 {
                bot.fake.push(updates::text(chat, &format!("/{}", command.name())));
            }
        }
    }
    for chat in 1..=8 {
        let sent = bot.fake.wait_sent(chat, 25).await;
        let texts: Vec<&str> = sent.iter().map(|sent| sent.text.as_str()).collect();
        assert!((5..25).all(|n| texts[n] == texts[n % 5]), "out of order");
        assert_ne!(texts[0], texts[1]);
    }
    assert_eq!(bot.fake.sent_to(99).len(), 0);
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Kept;

    fn make_writer(&self) -> Kept {
        self.clone()
    }
}

#[tokio::test]
async fn no_log_holds_the_token_or_anything_of_a_person() {
    // For all tests of this program: what others log is looked at as well.
    let kept = Kept::default();
    let filter = EnvFilter::new("debug,sqlx=info");
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(kept.clone()).with_ansi(false).init();
    let bot = Bot::start_now().await;
    let chat = 4_815_162_342;
    for way in [Way::TooMany(1), Way::Unwell, Way::Refused("can't parse entities: \"sekrè mwen\" at byte offset 1")] {
        bot.fake.trouble(sending(chat, way, 1));
    }
    for way in [Way::Unwell, Way::TooMany(0)] {
        bot.fake.trouble(ApiFailure { method: Some("getupdates"), chat: None, way, times: 1 });
    }
    bot.fake.push(updates::text(chat, "sekrè mwen"));
    bot.fake.wait_sent(chat, 1).await;
    bot.fake.trouble(sending(chat, Way::Forbidden, 1));
    bot.fake.push(updates::text(chat, "sekrè mwen"));
    bot.wait_forgotten(chat).await;
    bot.stop().await;
    let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("a message was refused") && logged.contains("can't parse entities"));
    for secret in [TOKEN, "TEST-secret-token", "4815162342", "sekrè mwen", "Somebody"] {
        let line = logged.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is in {line:?}");
    }
}
