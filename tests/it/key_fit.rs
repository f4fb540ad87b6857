//! The key file and the database belong together: what does not open is never taken for worthless.

use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{
    App, Arrival, Decision, Delivery, KeyFitError, NO_KEY, Patience, Readiness, Taken, adopt_key, decide, existing_key,
    fitting_key, readiness, release, rotate_keys, settle_and_claim, take_turn, undelivered, would_open,
};
use ventanilla::bot::citizen::{Input, TurnInput};
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;
use ventanilla::encryption::Encryption;
use ventanilla::store::{Db, outbox};

use crate::fixtures::{KNOWLEDGE, TestDb, databases, key_file, morning};

fn app(db: &TestDb, encryption: Encryption) -> App {
    let zone = "America/Santiago".parse().unwrap();
    App::of(db.db.clone(), Live::of(KNOWLEDGE.clone()), encryption, Clock::set(morning()), zone)
}

async fn turn(app: &App, chat: i64, words: &str) {
    let arrival = Arrival {
        door: Door::Telegram,
        address: chat.to_string(),
        update: None,
        turn_input: TurnInput { input: Input::Text(words.into()), proposed: None, reachable: true },
        return_to: serde_json::json!({ "chat": chat }),
        later: Some(serde_json::json!({ "chat": chat })),
    };
    assert!(matches!(take_turn(app, &arrival).await.unwrap(), Taken::Replied(_)));
}

async fn run(db: &Db, sql: &'static str) {
    match db {
        Db::Sqlite { write, .. } => drop(sqlx::query(sql).execute(write).await.unwrap()),
        Db::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
    }
}

fn is_other(key: &Result<Encryption, KeyFitError>, path: &Path) -> bool {
    matches!(key, Err(KeyFitError::Other { .. }))
        && key.as_ref().is_err_and(|error| error.to_string().contains(&path.display().to_string()))
}

#[tokio::test]
async fn a_start_with_another_key_or_with_none_beside_a_used_database_refuses() {
    for test in databases().await {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("k"), folder.path().join("other"));
        // A new database takes the key that it gets.
        let encryption = fitting_key(&test.db, &path).await.unwrap();
        turn(&app(&test, encryption), 1, "where can I get free legal help").await;
        assert!(fitting_key(&test.db, &path).await.is_ok(), "the same key again");
        key_file(&other, "07");
        // Also where an older version has used the database, which noted no mark.
        for marked in [true, false] {
            assert!(is_other(&fitting_key(&test.db, &other).await, &other), "marked: {marked}");
            assert!(is_other(&existing_key(&test.db, &other).await, &other), "marked: {marked}");
            let nowhere = folder.path().join("nowhere");
            assert!(matches!(fitting_key(&test.db, &nowhere).await, Err(KeyFitError::Missing { .. })));
            assert!(existing_key(&test.db, &nowhere).await.is_err());
            assert!(!nowhere.exists(), "no key is made beside a used database");
            run(&test.db, "DELETE FROM key_marks").await;
        }
        assert!(fitting_key(&test.db, &path).await.is_ok(), "it opens what is stored");
    }
}

#[tokio::test]
async fn a_message_that_does_not_open_is_kept_and_holds_up_no_other() {
    for test in databases().await {
        let (here, there) = (app(&test, Encryption::new(&[7; 32])), app(&test, Encryption::new(&[8; 32])));
        turn(&here, 1, "where can I get free legal help").await;
        let waiting = outbox::waiting(&test.db).await.unwrap();
        assert!(waiting > 0);
        // A replica with another key cannot send it, and leaves it.
        for _ in 0..waiting + 1 {
            assert!(settle_and_claim(&there, "there", &[], 9).await.unwrap().is_empty());
        }
        let backlog = outbox::backlog(&test.db).await.unwrap();
        assert_eq!((backlog.waiting, backlog.unreadable, backlog.oldest_ms), (waiting, waiting, None));
        // What comes after it goes out.
        turn(&here, 1, "/help").await;
        let outbox_messages = settle_and_claim(&here, "here", &[], 9).await.unwrap();
        assert!(!outbox_messages.is_empty(), "on {}", test.db.name());
        // It is tried again after a while, and goes out where the key has come back.
        here.clock.advance(TimeDelta::minutes(11));
        let mut done: Vec<_> = outbox_messages.into_iter().map(|outgoing| (outgoing.id, Delivery::Delivered)).collect();
        for _ in 0..20 {
            let outbox_messages = settle_and_claim(&here, "here", &done, 9).await.unwrap();
            done = outbox_messages.into_iter().map(|outgoing| (outgoing.id, Delivery::Delivered)).collect();
        }
        assert_eq!(outbox::waiting(&test.db).await.unwrap(), 0);
    }
}

/// Lays what waits for this chat aside: it was sealed with another key than that of `here`.
async fn sealed_elsewhere(test: &TestDb, here: &App, chat: i64) -> usize {
    turn(&app(test, Encryption::new(&[9; 32])), chat, "where can I get free legal help").await;
    let before = undelivered(&test.db).await.unwrap().len();
    while !settle_and_claim(here, "here", &[], 9).await.unwrap().is_empty() {}
    undelivered(&test.db).await.unwrap().len() - before
}

#[tokio::test]
async fn what_no_key_opens_is_listed_and_can_be_tried_again_or_dropped_and_ready_speaks_of_it() {
    for test in databases().await {
        let here = app(&test, Encryption::new(&[7; 32]));
        let count = sealed_elsewhere(&test, &here, 1).await;
        let all = undelivered(&test.db).await.unwrap();
        assert!(count > 0 && all.iter().all(|one| one.reason == NO_KEY && one.expires_at.is_none()), "{all:?}");
        let ready = readiness(&here).await;
        assert!(matches!(ready, Readiness::Ready { unreadable, .. } if unreadable == count as i64), "{ready:?}");
        let names: Vec<String> = all.into_iter().map(|one| one.id).collect();
        let now = here.clock.now();
        // It is tried at once, and stays where the key has not come back.
        assert_eq!(decide(&test.db, &names, Decision::TryAgain, now).await.unwrap(), count);
        assert!(settle_and_claim(&here, "here", &[], 9).await.unwrap().is_empty());
        assert_eq!(undelivered(&test.db).await.unwrap().len(), count, "under the same names");
        // With the key it goes out, also at a start, before its ten minutes are over.
        let back = app(&test, Encryption::new(&[9; 32]));
        assert!(settle_and_claim(&back, "back", &[], 9).await.unwrap().is_empty(), "not yet");
        release(&back, "back").await.unwrap();
        assert!(!settle_and_claim(&back, "back", &[], 9).await.unwrap().is_empty());

        let more = sealed_elsewhere(&test, &here, 2).await;
        let names: Vec<String> = undelivered(&test.db).await.unwrap().into_iter().map(|one| one.id).collect();
        assert_eq!((more > 0, decide(&test.db, &names, Decision::Drop, now).await.unwrap()), (true, names.len()));
        assert_eq!(outbox::backlog(&test.db).await.unwrap().unreadable, 0);
        assert_eq!(decide(&test.db, &names, Decision::Drop, now).await.unwrap(), 0, "they are gone");
    }
}

#[tokio::test]
async fn a_key_that_root_makes_anew_belongs_to_whom_the_database_belongs() {
    use std::os::unix::fs::{MetadataExt, chown};
    for test in databases().await {
        let folder = tempfile::tempdir().unwrap();
        let model = match &test.db {
            Db::Sqlite { file, .. } => file.path(),
            Db::Postgres(_) => folder.path(),
        };
        // Only root can give a file away; whoever else runs this test owns both.
        let _ = chown(model, Some(12_345), Some(12_346));
        let path = folder.path().join("k");
        adopt_key(&test.db, &path).await.unwrap();
        let owner = |path: &Path| std::fs::metadata(path).map(|found| (found.uid(), found.gid())).unwrap();
        assert_eq!(owner(&path), owner(model), "on {}", test.db.name());
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn after_a_rotation_the_new_file_fits_and_the_one_of_before_does_not() {
    for test in databases().await {
        let folder = tempfile::tempdir().unwrap();
        let (path, before) = (folder.path().join("k"), folder.path().join("before"));
        let app = app(&test, fitting_key(&test.db, &path).await.unwrap());
        turn(&app, 1, "where can I get free legal help").await;
        std::fs::copy(&path, &before).unwrap();
        let patience = Patience { replicas: Duration::ZERO, turns: Duration::ZERO };
        let rotated = rotate_keys(&app, patience, &mut |_| {}).await.unwrap();
        assert!(rotated.anew > 0 && rotated.lost == 0);
        assert!(existing_key(&test.db, &path).await.is_ok());
        assert!(is_other(&existing_key(&test.db, &before).await, &before));
        // Whoever has lost the new one for ever says so, and nothing that is sealed is thrown away.
        let waiting = outbox::waiting(&test.db).await.unwrap();
        assert_eq!(would_open(&test.db, &path).await.unwrap().stays_closed, 0);
        let opens = adopt_key(&test.db, &before).await.unwrap();
        assert!(opens.opens == 0 && opens.stays_closed >= rotated.anew, "{opens:?}");
        assert!(existing_key(&test.db, &before).await.is_ok());
        assert_eq!(outbox::waiting(&test.db).await.unwrap(), waiting);
    }
}
