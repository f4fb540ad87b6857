//! Backup, restore and move: what was kept comes back whole, whatever was going on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use ventanilla::app::{BackupError, MoveError, backup, import_starter, move_database, restore};
use ventanilla::clock::Clock;
use ventanilla::store::operations::{db_copy, sqlite_file};
use ventanilla::store::statistics::events;
use ventanilla::store::{Db, Tx, outbox};

use crate::fixtures::{TestDb, app, databases, morning, sqlite, turn};
use crate::postgres;

fn address(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

fn file(db: &TestDb) -> PathBuf {
    let Db::Sqlite { read, .. } = &db.db else { panic!("SQLite") };
    read.connect_options().get_filename().to_owned()
}

/// How many messages were counted, and how many replies wait: each turn of the story adds one to both.
async fn counted(db: &Db) -> (i64, i64) {
    let counters = events::counters(db).await.unwrap();
    let messages = counters.iter().filter(|counter| counter.name == "messages").map(|counter| counter.n).sum();
    (messages, outbox::waiting(db).await.unwrap())
}

#[tokio::test]
async fn a_backup_under_load_restores_to_a_consistent_state() {
    let db = sqlite().await;
    let (app, folder) = (Arc::new(app(&db)), tempfile::tempdir().unwrap());
    let (stop, turns) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
    let load = (0..4).map(|chat| {
        let (app, stop, turns) = (Arc::clone(&app), Arc::clone(&stop), Arc::clone(&turns));
        tokio::spawn(async move {
            while !stop.load(Ordering::SeqCst) {
                assert!(turn(&app, chat).await);
                turns.fetch_add(1, Ordering::SeqCst);
            }
        })
    });
    let load: Vec<_> = load.collect();
    let mut saved = Vec::new();
    for number in 0..3 {
        let before = turns.load(Ordering::SeqCst);
        while turns.load(Ordering::SeqCst) < before + 20 {
            tokio::task::yield_now().await;
        }
        let copy = folder.path().join(format!("{number}.backup"));
        let least = turns.load(Ordering::SeqCst);
        backup(&address(&file(&db)), &copy).await.unwrap();
        saved.push((least, copy));
    }
    stop.store(true, Ordering::SeqCst);
    futures::future::join_all(load).await;
    for (least, copy) in saved {
        let target = copy.with_extension("db");
        assert_eq!(restore(&address(&target), &copy, false, &Clock::set(morning())).await.unwrap(), None);
        let restored = Db::open(&address(&target)).await.unwrap();
        let (messages, waiting) = counted(&restored).await;
        // A turn is there with all that belongs to it, or not at all.
        assert_eq!(messages, waiting);
        assert!(messages >= least, "{messages} of at least {least}");
        restored.close().await;
    }
}

#[tokio::test]
async fn a_restore_replaces_nothing_unasked_nothing_in_use_and_takes_no_other_file() {
    let (db, folder) = (sqlite().await, tempfile::tempdir().unwrap());
    let clock = Clock::set(morning());
    assert!(turn(&app(&db), 1).await);
    let (target, copy) = (address(&file(&db)), folder.path().join("copy"));
    backup(&target, &copy).await.unwrap();
    assert!(matches!(backup(&target, &copy).await, Err(BackupError::Exists(_))));
    assert!(matches!(restore(&target, &copy, false, &clock).await, Err(BackupError::WouldReplace(_))));
    assert!(matches!(restore(&target, &copy, true, &clock).await, Err(BackupError::InUse(_))));
    assert!(turn(&app(&db), 2).await);
    db.db.close().await;

    let not_ours = folder.path().join("not-ours");
    fs::write(&not_ours, "words").unwrap();
    let newer = folder.path().join("newer");
    fs::copy(&copy, &newer).unwrap();
    let mut connection = SqliteConnection::connect(&address(&newer)).await.unwrap();
    sqlx::query("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 2").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    for file in [&not_ours, &newer] {
        assert!(
            matches!(restore(&target, file, true, &clock).await, Err(BackupError::Unfit(..))),
            "{}",
            file.display()
        );
    }

    let before = restore(&target, &copy, true, &clock).await.unwrap().unwrap();
    let (restored, put_aside) = (Db::open(&target).await.unwrap(), Db::open(&address(&before)).await.unwrap());
    assert_eq!((counted(&restored).await, counted(&put_aside).await), ((1, 1), (2, 2)));
    restored.close().await;
    put_aside.close().await;
}

#[tokio::test]
async fn two_restores_in_one_second_put_aside_under_two_names_and_for_the_owner_of_what_was_there() {
    use std::os::unix::fs::{MetadataExt, chown};
    let (db, clock) = (sqlite().await, Clock::set(morning()));
    assert!(turn(&app(&db), 1).await);
    let path = file(&db);
    let (target, copy) = (address(&path), path.with_file_name("copy"));
    backup(&target, &copy).await.unwrap();
    assert!(turn(&app(&db), 2).await);
    db.db.close().await;
    // Only root can give a file away; whoever else runs this test owns both.
    let _ = chown(&path, Some(12_345), Some(12_346));
    let owner = |path: &Path| fs::metadata(path).map(|found| (found.uid(), found.gid())).unwrap();
    let before = owner(&path);
    let mut aside = Vec::new();
    for _ in 0..3 {
        aside.push(restore(&target, &copy, true, &clock).await.unwrap().unwrap());
        assert_eq!(owner(&path), before);
    }
    aside.dedup();
    assert_eq!(aside.len(), 3, "{aside:?}");
    for (put_aside, messages) in aside.iter().zip([2, 1, 1]) {
        let put_aside = Db::open(&address(put_aside)).await.unwrap();
        assert_eq!(counted(&put_aside).await.0, messages);
        put_aside.close().await;
    }
}

#[tokio::test]
async fn a_backup_that_fails_leaves_nothing_behind_and_words_say_which_file_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut theirs = SqliteConnection::connect(&format!("{}?mode=rwc", address(&at("songs.db")))).await.unwrap();
    sqlx::query("CREATE TABLE songs (title TEXT)").execute(&mut theirs).await.unwrap();
    theirs.close().await.unwrap();
    assert!(backup(&address(&at("songs.db")), &at("copy")).await.is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no part of it");
    let refused = backup(&address(&at("nowhere.db")), &at("copy")).await.unwrap_err().to_string();
    assert!(refused.contains("there is no database of ventanilla") && refused.contains("nowhere.db"), "{refused}");
    let clock = Clock::set(morning());
    let refused = restore(&address(&at("new.db")), &at("none"), true, &clock).await.unwrap_err().to_string();
    assert_eq!(refused, format!("there is no backup {}", at("none").display()));
}

/// Fills a database as after years: counters, entries, and a table of tomorrow.
async fn fill(db: &Db) {
    import_starter(db, morning()).await.unwrap();
    let fill = [
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) \
         INSERT INTO counters SELECT '2026-01-01', 'n' || i, 'telegram', 'ht', 'é' || i, i FROM n",
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999) \
         INSERT INTO entries (key, place, topic, service) SELECT e.topic || '/made-up-' || i, 1000 + i, e.topic, e.service \
         FROM n, (SELECT topic, service FROM entries LIMIT 1) e",
        "CREATE TABLE of_tomorrow (id BIGINT PRIMARY KEY, entry TEXT REFERENCES entries (key), share DOUBLE PRECISION, \
         seen BOOLEAN, \"order\" TEXT)",
        "INSERT INTO of_tomorrow SELECT place, key, place / 7.0, place % 2 = 0, CASE WHEN place % 3 = 0 THEN NULL ELSE '' END \
         FROM entries",
    ];
    run(db, &fill).await;
}

async fn run(db: &Db, texts: &[&str]) {
    for sql in texts {
        match db {
            Db::Sqlite { write, .. } => drop(sqlx::query(AssertSqlSafe(*sql)).execute(write).await.unwrap()),
            Db::Postgres(pool) => drop(sqlx::query(AssertSqlSafe(*sql)).execute(pool).await.unwrap()),
        }
    }
}

const OF_TOMORROW: &str = "CREATE TABLE of_tomorrow (id BIGINT PRIMARY KEY, entry TEXT REFERENCES entries (key), \
     share DOUBLE PRECISION, seen BOOLEAN, \"order\" TEXT)";

#[tokio::test]
async fn everything_is_moved_to_postgres_row_by_row() {
    let Some(target) = postgres::database().await else { return };
    let (from, to) = (sqlite().await, Db::open(&target).await.unwrap());
    fill(&from.db).await;
    assert!(turn(&app(&from), 1).await);

    // A table that the new database does not know is not left behind in silence.
    assert!(matches!(move_database(&from.db, &to).await, Err(MoveError::Differs(table)) if table == "of_tomorrow"));
    run(&to, &[OF_TOMORROW]).await;
    let moved = move_database(&from.db, &to).await.unwrap();

    // Held against the schema itself: no table is forgotten.
    let Db::Sqlite { read, .. } = &from.db else { panic!("SQLite") };
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('_sqlx_migrations') ORDER BY name",
    )
    .fetch_all(read)
    .await
    .unwrap();
    let mut found: Vec<_> = moved.iter().map(|moved| moved.table.clone()).collect();
    found.sort();
    assert_eq!(found, names);
    for moved in &moved {
        let sql = || AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{}\"", moved.table));
        let Db::Postgres(pool) = &to else { panic!("PostgreSQL") };
        let there: i64 = sqlx::query_scalar(sql()).fetch_one(pool).await.unwrap();
        let here: i64 = sqlx::query_scalar(sql()).fetch_one(read).await.unwrap();
        assert_eq!((there, here), (moved.rows, moved.rows), "{}", moved.table);
    }
    let rows = |name: &str| moved.iter().find(|moved| moved.table == name).unwrap().rows;
    assert!(rows("counters") > 100_000 && rows("entries") > 2_000 && rows("chats") == 1 && rows("outbox") == 1);
    assert_eq!(events::counters(&to).await.unwrap().len(), events::counters(&from.db).await.unwrap().len());
    assert!(matches!(move_database(&from.db, &to).await, Err(MoveError::NotEmpty)));
    to.close().await;
}

#[tokio::test]
async fn a_row_that_changed_on_its_way_is_seen() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        let all = db_copy::tables(&mut tx).await.unwrap();
        let counters = all.iter().find(|table| table.name == "counters").unwrap();
        let empty = db_copy::rows(&mut tx, counters).await.unwrap();
        let insert = "INSERT INTO counters VALUES ('2026-01-01', 'a', 'web', 'ht', '', 1), ('2026-01-01', 'a', 'web', '', 'ht', 1)";
        let change = "UPDATE counters SET n = 2 WHERE lang = 'ht'";
        let mut seen = vec![empty];
        for sql in [insert, change] {
            match &mut tx {
                Tx::Sqlite(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.unwrap()),
                Tx::Postgres(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.unwrap()),
            }
            seen.push(db_copy::rows(&mut tx, counters).await.unwrap());
        }
        assert_eq!(seen.iter().map(db_copy::Rows::len).collect::<Vec<_>>(), [0, 2, 2]);
        assert_ne!(seen[1], seen[2]);
        db_copy::empty(&mut tx, counters).await.unwrap();
        assert!(db_copy::rows(&mut tx, counters).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_database_that_somebody_has_open_is_not_free() {
    let db = sqlite().await;
    let path = file(&db);
    assert!(!sqlite_file::is_free(&path).await.unwrap());
    db.db.close().await;
    assert!(sqlite_file::is_free(&path).await.unwrap());
}
