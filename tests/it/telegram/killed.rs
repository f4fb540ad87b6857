//! The whole program, killed three times while two hundred chats talk with it: every message is answered, nothing is
//! counted twice, and each chat is answered in order.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use ventanilla::app::{Arrival, Taken, take_turn};
use ventanilla::bot::citizen::{Message, TurnInput};
use ventanilla::bot::script::talk_file::input;
use ventanilla::domain::people::chat::Door;
use ventanilla::store::statistics::events;
use ventanilla::store::statistics::events::Counter;
use ventanilla::store::{Db, outbox};

use super::letters;
use crate::fake_bot_api::{FakeBotApi, TOKEN, updates};
use crate::{fixtures, postgres};

const CHATS: i64 = 200;
pub(super) const MESSAGES: [&str; 10] = [
    "/start",
    "Mwen ansent 3 mwa, ki kote pou m ale fè swivi gwosès la?",
    "/topics",
    "where can I get free legal help?",
    "/privacy",
    "mèsi anpil",
    "/help",
    "se me venció el carnet y necesito médico",
    "/about",
    "👍",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_three_times_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("killed.db").display());
    story(&database, &folder).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_three_times_on_postgres() {
    let Some(database) = postgres::database().await else { return };
    story(&database, &tempfile::tempdir().unwrap()).await;
}

async fn story(database: &str, folder: &TempDir) {
    let (expected, counted) = undisturbed().await;
    let fake = FakeBotApi::start().await;
    for words in MESSAGES {
        for chat in 1..=CHATS {
            fake.push(updates::text(chat, words));
        }
    }
    let all = expected.len() * CHATS as usize;
    for quarter in 1..=3 {
        let mut program = serve(database, folder.path(), &fake);
        fake.wait("a part of the answers", |fake| (fake.sent() >= all * quarter / 4).then_some(())).await;
        // SIGKILL: it cannot clean up.
        program.kill().unwrap();
        program.wait().unwrap();
    }
    let mut program = serve(database, folder.path(), &fake);
    let last = expected.last().unwrap();
    let everybody = |fake: &FakeBotApi| {
        (1..=CHATS).all(|chat| fake.sent_to(chat).last().is_some_and(|sent| letters(&sent.text) == *last)).then_some(())
    };
    fake.wait("the last answer in every chat", everybody).await;
    fake.wait("every update confirmed", |fake| (fake.pending() == 0).then_some(())).await;
    stop(&mut program);

    for chat in 1..=CHATS {
        let mut sent: Vec<String> = fake.sent_to(chat).iter().map(|sent| letters(&sent.text)).collect();
        // What was sent in the very moment of a kill may be sent once more.
        sent.dedup();
        assert_eq!(sent, expected, "chat {chat}");
    }
    let twice = fake.sent() - all;
    assert!(twice <= 3 * 32, "{twice} messages came twice");
    let db = Db::open(database).await.unwrap();
    assert_eq!(outbox::waiting(&db).await.unwrap(), 0);
    let wanted: BTreeMap<_, _> = counted.into_iter().map(|(what, n)| (what, n * CHATS)).collect();
    assert_eq!(counters(&db).await, wanted);
}

/// What one chat is told, and what is counted, when nothing goes wrong.
pub(super) async fn undisturbed() -> (Vec<String>, BTreeMap<String, i64>) {
    let db = fixtures::sqlite().await;
    let app = fixtures::app(&db);
    let mut told = Vec::new();
    for words in MESSAGES {
        let arrival = Arrival {
            door: Door::Telegram,
            address: "1".into(),
            update: None,
            turn_input: TurnInput { input: input(words), proposed: None, reachable: false },
            return_to: serde_json::Value::Null,
            later: None,
        };
        let Taken::Replied(messages) = take_turn(&app, &arrival).await.unwrap() else { panic!("no reply") };
        told.extend(messages.iter().map(Message::words).map(|words| letters(&words)));
    }
    assert!(told.windows(2).all(|pair| pair[0] != pair[1]), "two messages that are the same cannot be told apart");
    (told, counters(&db.db).await)
}

/// All counters, whatever their day and hour.
pub(super) async fn counters(db: &Db) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for counter in events::counters(db).await.unwrap() {
        let counter = if counter.name == "hour" { Counter { subject: String::new(), ..counter } } else { counter };
        let what = [counter.name, counter.door, counter.lang, counter.subject].join(" ");
        *sums.entry(what).or_default() += counter.n;
    }
    sums
}

fn serve(database: &str, folder: &Path, fake: &FakeBotApi) -> Child {
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_ventanilla"))
        .arg("serve")
        .current_dir(folder)
        .env("DATABASE_URL", database)
        .env("VENTANILLA_KEY_FILE", folder.join("key"))
        .env("VENTANILLA_LISTEN", "127.0.0.1:0")
        .env("TELEGRAM_BOT_TOKEN", TOKEN)
        .env("TELEGRAM_API_URL", fake.url())
        .env("TELEGRAM_PACE", "100000")
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// Tells the program to stop, and waits until it has.
pub fn stop(program: &mut Child) {
    let told = Command::new("kill").arg(program.id().to_string()).status().unwrap();
    assert!(told.success() && program.wait().unwrap().success(), "it stops in good order");
}
