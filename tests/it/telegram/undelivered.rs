//! What may have arrived, what surely did not, and what could not be delivered: few copies, nothing lost, and operators see it.

use std::process::Command;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::{Instant, interval};
use ventanilla::app::{Decision, clean_up, decide, undelivered};
use ventanilla::store::outbox::undelivered::Undelivered;
use ventanilla::store::{Db, outbox};

use super::{Bot, DEADLINE};
use crate::fake_bot_api::{ApiFailure, FakeBotApi, Way, updates};
use crate::fixtures::databases;
use crate::forget::everything;

fn sending(chat: i64, way: Way, times: usize) -> ApiFailure {
    ApiFailure { method: Some("sendmessage"), chat: Some(chat), way, times }
}

/// Waits until so many messages are put aside.
async fn put_aside(bot: &Bot, count: usize) -> Vec<Undelivered> {
    let (start, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
    loop {
        let all = undelivered(&bot.app.db).await.unwrap();
        if all.len() == count {
            return all;
        }
        assert!(start.elapsed() < DEADLINE, "{all:?}");
        look.tick().await;
    }
}

/// Waits until a message was handed in as one that may have arrived so often.
async fn unknown(bot: &Bot, tries: i64) {
    let (start, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
    const SQL: &str = "SELECT COALESCE(MAX(unknown_tries), 0) FROM outbox WHERE claimed_until = 0";
    loop {
        let now: i64 = match &bot.app.db {
            Db::Sqlite { read, .. } => sqlx::query_scalar(SQL).fetch_one(read).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_scalar(SQL).fetch_one(pool).await.unwrap(),
        };
        if now == tries {
            return;
        }
        assert!(start.elapsed() < DEADLINE, "{now} tries");
        look.tick().await;
    }
}

#[tokio::test]
async fn a_message_that_may_have_arrived_comes_four_times_at_the_most_and_then_waits_for_an_operator() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        bot.fake.trouble(sending(1, Way::Gateway(504), 4));
        bot.fake.push(updates::text(1, "/help"));
        for (tries, wait) in [(1, 60), (2, 300), (3, 1800)] {
            bot.fake.wait_sent(1, tries).await;
            unknown(&bot, tries as i64).await;
            // Others go out meanwhile, and their success does not bring it forward.
            bot.say(2, "/about", 1).await;
            assert_eq!(bot.fake.sent_to(1).len(), tries, "not at once");
            bot.app.clock.advance(TimeDelta::seconds(wait + 1));
        }
        let aside = put_aside(&bot, 1).await;
        assert_eq!((bot.fake.sent_to(1).len(), outbox::waiting(&bot.app.db).await.unwrap()), (4, 0));
        assert!(aside[0].reason.contains("may have arrived"), "{aside:?}");
        // The chat's later ones go out.
        bot.say(1, "/about", 1).await;
        let names = [aside[0].id.clone()];
        let now = bot.app.clock.now();
        assert_eq!(decide(&bot.app.db, &names, Decision::TryAgain, now).await.unwrap(), 1);
        bot.fake.wait_sent(1, 6).await;
        put_aside(&bot, 0).await;
        bot.stop().await;
    }
}

#[tokio::test]
async fn a_server_that_takes_a_message_and_says_nothing_gets_no_copy_at_once() {
    let bot = Bot::start().await;
    bot.fake.trouble(sending(1, Way::Silent, 1));
    bot.fake.push(updates::text(1, "/help"));
    unknown(&bot, 1).await;
    bot.say(2, "/help", 1).await;
    assert_eq!(bot.fake.sent_to(1).len(), 1);
    bot.app.clock.advance(TimeDelta::seconds(61));
    bot.fake.wait_sent(1, 2).await;
    bot.stop().await;
}

#[tokio::test]
async fn pieces_that_have_arrived_are_not_sent_again() {
    let bot = Bot::start_now().await;
    let asked = bot.say(1, "/offices", 2).await;
    assert!(asked[1].asks_place);
    bot.fake.push(updates::place(1, -33.36, -70.73));
    let near = bot.fake.wait_sent(1, 3).await.pop().unwrap();
    let button = near.rows.iter().flatten().find(|(label, _)| label.starts_with('🗺')).expect("an office").1.clone();
    bot.fake.trouble(ApiFailure { method: Some("sendvenue"), chat: Some(1), way: Way::Unwell, times: 2 });
    bot.fake.push(updates::press(1, near.id, &button, 1));
    let has_map = |fake: &FakeBotApi| fake.sent_to(1).iter().any(|sent| sent.venue.is_some()).then_some(());
    bot.fake.wait("a map", has_map).await;
    let sent = bot.fake.sent_to(1).split_off(3);
    assert_eq!(sent.iter().filter(|sent| sent.venue.is_none()).count(), 1, "the words came once: {sent:?}");
    bot.stop().await;
}

#[tokio::test]
async fn the_first_message_that_arrives_after_an_outage_wakes_those_that_wait() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        for chat in [1, 2] {
            bot.fake.trouble(sending(chat, Way::Unwell, 1));
            bot.fake.push(updates::text(chat, "/help"));
        }
        bot.fake.wait_calls("sendmessage", 2).await;
        // The clock stands still: by themselves they would wait for ever.
        bot.say(3, "/help", 1).await;
        for chat in [1, 2] {
            bot.fake.wait_sent(chat, 1).await;
        }
        bot.stop().await;
    }
}

#[tokio::test]
async fn what_could_not_be_delivered_is_listed_without_words_or_numbers_and_ends_by_itself() {
    for db in databases().await {
        let bot = Bot::on(db).await;
        let chat = 4_815_162_342;
        bot.fake.trouble(sending(chat, Way::Refused("chat not found"), 1));
        bot.fake.push(updates::text(chat, "/help"));
        let aside = put_aside(&bot, 1).await;
        assert_eq!(aside[0].reason, "refused: chat not found");
        assert!(!format!("{aside:?} {}", everything(&bot.app.db).await).contains("4815162342"));
        bot.app.clock.advance(TimeDelta::days(8));
        clean_up(&bot.app).await.unwrap();
        put_aside(&bot, 0).await;
        bot.stop().await;
    }
}

#[tokio::test]
async fn operators_list_try_again_and_drop_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("o.db").display());
    let bot = Bot::on(crate::fixtures::TestDb::of(Db::open(&address).await.unwrap())).await;
    for chat in [1, 2, 3] {
        bot.fake.trouble(sending(chat, Way::Refused("chat not found"), 1));
        bot.fake.push(updates::text(chat, "/help"));
    }
    let aside = put_aside(&bot, 3).await;
    let outbox = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
        let program = program.current_dir(folder.path()).env("DATABASE_URL", &address).arg("outbox").args(arguments);
        let output = program.output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.success(), said)
    };
    let (_, list) = outbox(&["list"]);
    assert!(aside.iter().all(|one| list.contains(&one.id[..12])) && list.contains("chat not found"), "{list}");
    assert!(!outbox(&["retry", "ffffffffffff"]).0 && !outbox(&["retry"]).0 && !outbox(&["drop", "../x"]).0);
    let (done, said) = outbox(&["drop", &aside[0].id[..12]]);
    assert!(done && said.contains("1 of 1"), "{said}");
    let (done, said) = outbox(&["retry", "--all"]);
    assert!(done && said.contains("2 of 2"), "{said}");
    bot.fake.wait("two messages", |fake| (fake.sent() == 2).then_some(())).await;
    assert!(outbox(&["list"]).1.contains("Everything was delivered"));
    bot.stop().await;
}
