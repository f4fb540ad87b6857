//! Replacing the sealing key: with several replicas at work, broken off again and again, and nothing is lost.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::interval;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{
    App, Arrival, Delivery, Patience, Rotated, RotationError, SecondFactor, Taken, heartbeat, rotate_keys,
    settle_and_claim, take_turn,
};
use ventanilla::bot::citizen::{Command, Input, TurnInput};
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::encryption::{Encryption, Phase, Reencrypted};
use ventanilla::i18n::{Phrase, say};
use ventanilla::store::Db;
use ventanilla::store::operations::encrypted_columns::{SEALED, page};
use ventanilla::store::staff::{accounts, second_factors};

use crate::fixtures::{KNOWLEDGE, TestDb, morning};
use crate::postgres;

const PATIENCE: Patience = Patience { replicas: Duration::from_secs(60), turns: Duration::from_millis(50) };

/// The addresses of a new database of each kind, and what has to be kept for it.
async fn addresses() -> Vec<(String, Option<TempDir>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec![(format!("sqlite:{}", folder.path().join("t.db").display()), Some(folder))];
    all.extend(postgres::database().await.map(|address| (address, None)));
    all
}

/// The database as a process of its own opens it.
async fn open(address: &str) -> TestDb {
    TestDb::of(Db::open(address).await.unwrap())
}

fn app(db: &TestDb, key: &Path) -> Arc<App> {
    let zone = "America/Santiago".parse().unwrap();
    let (live, encryption) = (Live::of(KNOWLEDGE.clone()), Encryption::of_file(key).unwrap());
    Arc::new(App::of(db.db.clone(), live, encryption, Clock::set(morning()), zone))
}

/// A replica that reads the key file again and again, as `serve` does, and says which keys it knows.
fn replica(db: &TestDb, key: &Path, name: &'static str) -> (Arc<App>, JoinHandle<()>) {
    let app = app(db, key);
    let at_work = Arc::clone(&app);
    let work = tokio::spawn(async move {
        let mut look = interval(Duration::from_millis(5));
        loop {
            look.tick().await;
            // A file that is just being copied is read the next time.
            drop(at_work.encryption.reload());
            heartbeat(&at_work, name).await.unwrap();
        }
    });
    (app, work)
}

async fn turn(app: &App, door: Door, chat: usize, said: Input) -> String {
    let heard = TurnInput { input: said, proposed: Lang::parse("es"), reachable: false };
    let return_to = serde_json::json!({ "chat": chat });
    let arrival = Arrival { door, address: chat.to_string(), update: None, turn_input: heard, return_to, later: None };
    let Taken::Replied(messages) = take_turn(app, &arrival).await.unwrap() else { panic!() };
    messages.iter().map(ventanilla::bot::citizen::Message::words).collect::<Vec<_>>().join("\n")
}

async fn remembers(app: &App, chat: usize) -> bool {
    let held = turn(app, Door::Web, chat, Input::Command(Command::Forget)).await;
    held.contains(&say(Lang::parse("es").unwrap(), &Phrase::ForgetWords))
}

/// A future that is broken off after so many steps, as by a kill.
struct Fuel<F>(Pin<Box<F>>, usize);

impl<F: Future> Future for Fuel<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 == 0 {
            return Poll::Ready(None);
        }
        self.1 -= 1;
        self.0.as_mut().poll(context).map(Some)
    }
}

/// Everything sealed: owner and value, by the way in which `encryption` sees it.
async fn all_sealed(db: &Db, encryption: &Encryption) -> Vec<Reencrypted> {
    let mut seen = Vec::new();
    for column in SEALED {
        let mut after = String::new();
        loop {
            let rows = page(db, column, &after).await.unwrap();
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            seen.extend(
                rows.iter().map(|(owner, sealed)| encryption.reencrypt(&format!("{}{owner}", column.prefix), sealed)),
            );
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_is_replaced_while_replicas_work_however_often_that_is_broken_off() {
    for (address, _kept) in addresses().await {
        let db = open(&address).await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("ventanilla.key");
        let (one, work) = replica(&db, &key, "one");
        let (other, more_work) = replica(&db, &key, "other");
        let old = Encryption::of_file(&key).unwrap();
        let hash = old.chat_key(Door::Web, "1");

        let account = crate::console::member(&one, "marie", Role::Author).await;
        let factor = SecondFactor::new();
        let mut tx = db.db.begin().await.unwrap();
        second_factors::set(&mut tx, &account.id, &factor.encryption(&one, &account), 0).await.unwrap();
        tx.commit().await.unwrap();
        let ask = || Input::Text("cuánto cuesta atenderme en el hospital sin papeles".into());
        for chat in 0..30 {
            turn(&one, Door::Web, chat, ask()).await;
            turn(&one, Door::Telegram, chat, ask()).await;
        }

        let mut kills = 0;
        let done: Rotated = loop {
            // A process of its own each time: what it knew is gone with it.
            let ended = {
                let process = app(&open(&address).await, &key);
                let mut told = |_| {};
                // What it had begun in the database is undone with it.
                Fuel(Box::pin(rotate_keys(&process, PATIENCE, &mut told)), 3 + kills * 4).await
            };
            if let Some(done) = ended {
                break done.unwrap();
            }
            kills += 1;
            // Chats go on at both replicas, and neither has forgotten what the other was told.
            let chat = kills % 30;
            turn(if kills % 2 == 0 { &one } else { &other }, Door::Web, chat, ask()).await;
            assert!(remembers(if kills % 2 == 0 { &other } else { &one }, chat).await, "after kill {kills}");
        };
        assert!(kills > 3, "{kills}");
        assert_eq!(done.lost, 0);

        let new = Encryption::of_file(&key).unwrap();
        let (phase, marks) = new.keys();
        assert_eq!((phase, marks.len()), (Phase::Still, 1));
        assert!(!old.keys().1.contains(&marks[0]));
        assert_eq!(new.chat_key(Door::Web, "1"), hash, "chats are known by the same hash");
        let seen = all_sealed(&db.db, &new).await;
        assert!(seen.len() > 60 && seen.iter().all(|one| *one == Reencrypted::Still), "{} sealed", seen.len());
        assert!(
            all_sealed(&db.db, &old).await.iter().all(|one| *one == Reencrypted::Lost),
            "the old key opens nothing any more"
        );
        let sealed = accounts::secrets(&db.db, &account.id).await.unwrap().unwrap().second.unwrap();
        assert!(SecondFactor::open(&app(&db, &key), &account, &sealed).is_some());
        let mut outbox_messages = 0;
        let fresh = app(&db, &key);
        while let Some(outgoing) = settle_and_claim(&fresh, "w", &[], 1).await.unwrap().pop() {
            assert!(outgoing.return_to["chat"].is_number());
            settle_and_claim(&fresh, "w", &[(outgoing.id, Delivery::Delivered)], 0).await.unwrap();
            outbox_messages += 1;
        }
        assert!(outbox_messages >= 30, "no message on its way was lost");
        work.abort();
        more_work.abort();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_key_seals_before_every_replica_knows_it() {
    for (address, _kept) in addresses().await {
        let db = open(&address).await;
        let folder = tempfile::tempdir().unwrap();
        let (key, elsewhere) = (folder.path().join("ventanilla.key"), folder.path().join("elsewhere.key"));
        let (_here, work) = replica(&db, &key, "here");
        std::fs::copy(&key, &elsewhere).unwrap();
        let (_there, more_work) = replica(&db, &elsewhere, "there");
        let (process, mut told) = (app(&db, &key), |_| {});
        let hasty = Patience { replicas: Duration::from_millis(600), ..PATIENCE };
        // Both have said which keys they know.
        let mut look = interval(Duration::from_millis(10));
        while ventanilla::store::operations::replicas::keys(&db.db, 0).await.unwrap().len() < 2 {
            look.tick().await;
        }
        let refused = rotate_keys(&process, hasty, &mut told).await;
        assert!(matches!(&refused, Err(RotationError::Unknown(names)) if names == "there"), "{refused:?}");
        assert_eq!(Encryption::of_file(&key).unwrap().keys().0, Phase::Next);
        // Somebody brings the file to the other machine, again when the new key seals; the command goes on each time.
        std::fs::copy(&key, &elsewhere).unwrap();
        let refused = rotate_keys(&process, Patience { replicas: Duration::from_secs(3), ..PATIENCE }, &mut told).await;
        assert!(matches!(&refused, Err(RotationError::Unknown(names)) if names == "there"), "{refused:?}");
        std::fs::copy(&key, &elsewhere).unwrap();
        rotate_keys(&process, PATIENCE, &mut told).await.unwrap();
        assert_eq!(Encryption::of_file(&key).unwrap().keys().0, Phase::Still);
        work.abort();
        more_work.abort();
    }
}

#[tokio::test]
async fn every_column_that_is_named_sealed_is_sealed_anew() {
    let text: String = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let mut table = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.split_whitespace().next().unwrap_or_default().to_owned();
        }
        if line.trim_start().starts_with("sealed ") {
            let known = SEALED.iter().any(|column| column.table == table && column.column == "sealed");
            assert!(
                known,
                "`{table}.sealed` is missing in SEALED of src/store/operations/encrypted_columns.rs: add it with the column of its owner"
            );
        }
    }
}
