//! Three replicas on one PostgreSQL, with a webhook behind a load balancer: one is killed and started again, the
//! database is restarted, and every message is answered once and in order.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::time::interval;
use ventanilla::store::{Db, outbox};

use super::killed::{MESSAGES, counters, stop, undisturbed};
use super::letters;
use crate::fake_bot_api::{FakeBotApi, TOKEN, updates};
use crate::fixtures::key_file;
use crate::needs::missing;
use crate::postgres::Server;

const SECRET: &str = "a-secret_that-nobody-guesses";
const CHATS: i64 = 60;
/// The most that a replica has under way when it is killed.
const SIDE_BY_SIDE: usize = 32;

/// A replica behind the load balancer.
struct Replica {
    program: Child,
    address: String,
}

impl Replica {
    fn start(number: usize, database: &str, folder: &Path, fake: &FakeBotApi) -> Replica {
        let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_ventanilla"))
            .current_dir(folder)
            .env("DATABASE_URL", database)
            .env("VENTANILLA_KEY_FILE", folder.join("key"))
            .env("VENTANILLA_LISTEN", "127.0.0.1:0")
            .env("VENTANILLA_REPLICA", format!("replica-{number}"))
            .env("TELEGRAM_BOT_TOKEN", TOKEN)
            .env("TELEGRAM_API_URL", fake.url())
            .env("TELEGRAM_WEBHOOK_URL", "https://bot.example")
            .env("TELEGRAM_WEBHOOK_SECRET", SECRET)
            .env("TELEGRAM_PACE", "100000")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.into_iter().find(|line| line.starts_with("Web chat:"));
        let line = line.unwrap_or_else(|| panic!("{}", std::fs::read_to_string(folder.join("log")).unwrap()));
        Replica { program, address: line.split_whitespace().last().unwrap().to_owned() }
    }

    fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

/// Shows what the replicas have logged where the test fails.
struct ShownLog<'a>(&'a Path);

impl Drop for ShownLog<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", std::fs::read_to_string(self.0.join("log")).unwrap_or_default());
        }
    }
}

/// Brings updates to one replica after the other, as a load balancer does, until one takes them.
struct Balancer {
    http: Client,
    addresses: Mutex<Vec<String>>,
}

impl Balancer {
    async fn bring(&self, chat: i64, number: usize, words: &str) {
        let mut update: Value = updates::text(chat, words);
        let number = chat as usize * MESSAGES.len() + number;
        update["update_id"] = json!(number);
        let mut again = interval(Duration::from_millis(50));
        for attempt in 0.. {
            let addresses = self.addresses.lock().unwrap().clone();
            let address = &addresses[(number + attempt) % addresses.len()];
            let request = self.http.post(format!("{address}/telegram/webhook")).body(update.to_string());
            let answer = request.header("X-Telegram-Bot-Api-Secret-Token", SECRET).send().await;
            if answer.is_ok_and(|answer| answer.status() == StatusCode::OK) {
                return;
            }
            again.tick().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_the_database_loses_nothing_and_makes_nothing_come_twice() {
    story(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_killed_one_started_again_and_the_database_restarted_lose_nothing() {
    story(true).await;
}

async fn story(kill: bool) {
    let Some(mut server) = Server::start(false) else { return missing("PostgreSQL") };
    let (folder, database) = (tempfile::tempdir().unwrap(), server.database().await);
    let _log = ShownLog(folder.path());
    let (expected, counted) = undisturbed().await;
    let fake = FakeBotApi::start().await;
    // Started at once: one makes the schema and loads the starter pack, the others wait for it.
    key_file(&folder.path().join("key"), "07");
    let mut replicas: Vec<Replica> = std::thread::scope(|scope| {
        let start = |n| {
            scope.spawn({
                let (database, folder, fake) = (&database, folder.path(), &fake);
                move || Replica::start(n, database, folder, fake)
            })
        };
        let starting: Vec<_> = (0..3).map(start).collect();
        starting.into_iter().map(|replica| replica.join().unwrap()).collect()
    });
    let balancer = Balancer {
        http: Client::new(),
        addresses: Mutex::new(replicas.iter().map(|replica| replica.address.clone()).collect()),
    };
    let talks = futures::future::join_all((1..=CHATS).map(async |chat| {
        for (number, words) in MESSAGES.iter().enumerate() {
            balancer.bring(chat, number, words).await;
        }
    }));
    let all = expected.len() * CHATS as usize;
    let sent =
        |part: usize| fake.wait("a part of the answers", move |fake| (fake.sent() >= all * part / 5).then_some(()));
    let trouble = async {
        if kill {
            sent(1).await;
            replicas[1].kill();
            sent(2).await;
            replicas[1] = Replica::start(1, &database, folder.path(), &fake);
            balancer.addresses.lock().unwrap()[1] = replicas[1].address.clone();
        }
        sent(3).await;
        tokio::task::block_in_place(|| server.restart());
    };
    tokio::join!(talks, trouble);
    let everything = |fake: &FakeBotApi| {
        let last =
            |chat| fake.sent_to(chat).last().is_some_and(|sent| letters(&sent.text) == *expected.last().unwrap());
        (1..=CHATS).all(last).then_some(())
    };
    fake.wait("the last answer in every chat", everything).await;
    for replica in &mut replicas {
        stop(&mut replica.program);
    }
    let mut twice = 0;
    for chat in 1..=CHATS {
        let mut sent: Vec<String> = fake.sent_to(chat).iter().map(|sent| letters(&sent.text)).collect();
        twice += sent.len();
        sent.dedup();
        assert_eq!(sent, expected, "chat {chat}");
        twice -= sent.len();
    }
    // What was sent in the very moment of a kill is sent once more, and nothing else is.
    assert!(twice <= if kill { SIDE_BY_SIDE } else { 0 }, "{twice} messages came twice");
    let db = Db::open(&database).await.unwrap();
    assert_eq!(outbox::waiting(&db).await.unwrap(), 0);
    assert_eq!(counters(&db).await, counted.into_iter().map(|(what, n)| (what, n * CHATS)).collect());
    db.close().await;
}
