//! The pace at which messages go out: Telegram need refuse nothing, and is obeyed where it does.

use std::time::Duration;

use super::Bot;
use crate::fake_bot_api::{FakeBotApi, Limits, updates};

/// Telegram's own limits, with shorter times.
const LIMITS: Limits =
    Limits { in_all: 30, to_person: (2, Duration::from_secs(1)), to_group: (1, Duration::from_secs(2)) };

#[tokio::test]
async fn telegram_gets_no_more_than_it_allows_and_everything_arrives() {
    let fake = FakeBotApi::start().await;
    fake.limit(LIMITS);
    let bot = Bot::start_at_pace(fake, 25).await;
    let chats: Vec<i64> = (1..=20).chain([-7]).collect();
    let words = ["/help", "/about", "/privacy", "/topics"];
    for words in words {
        for chat in &chats {
            bot.fake
                .push(updates::text(*chat, &format!("{words}{}", if *chat < 0 { "@ventanilla_test_bot" } else { "" })));
        }
    }
    for chat in &chats {
        let sent = bot.fake.wait_sent(*chat, words.len()).await;
        let mut distinct: Vec<_> = sent.iter().map(|sent| &sent.text).collect();
        distinct.dedup();
        assert_eq!(distinct.len(), words.len(), "chat {chat}: once each, and in order");
    }
    let fake = bot.stop().await;
    let (in_all, to_chats, early) = fake.refused();
    assert_eq!((in_all, early), (0, 0), "too much in all, and too early after a refusal");
    assert!(to_chats > 0, "the limits of chats were met");
    let sent = fake.sent_since(0);
    assert_eq!(sent.len(), chats.len() * words.len());
    assert!(sent.windows(2).all(|pair| pair[0].at <= pair[1].at));
}
