//! Files in the wrong place: somebody else's, moved away, or served by another program already.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use reqwest::StatusCode;
use sqlx::{Connection, SqliteConnection};
use ventanilla::store::operations::single_instance::only_one;
use ventanilla::store::statistics::events;
use ventanilla::store::{Db, StoreError};

use crate::configuration::{run, words};
use crate::operations::Running;
use crate::postgres;

#[tokio::test]
async fn a_database_of_another_program_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("songs.db");
    let address = format!("sqlite:{}", path.display());
    let mut theirs = SqliteConnection::connect(&format!("{address}?mode=rwc")).await.unwrap();
    sqlx::query("CREATE TABLE songs (title TEXT)").execute(&mut theirs).await.unwrap();
    theirs.close().await.unwrap();
    let before = fs::read(&path).unwrap();
    let refused = Db::open(&address).await.unwrap_err();
    assert!(matches!(refused, StoreError::Foreign(_)), "{refused}");
    assert!(refused.to_string().contains(path.to_str().unwrap()), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
    let text = folder.path().join("letter.txt");
    fs::write(&text, "words, and more than a few of them, so that it is no empty file").unwrap();
    let refused = Db::open(&format!("sqlite:{}", text.display())).await.unwrap_err().to_string();
    assert!(refused.contains(text.to_str().unwrap()) && refused.contains("no SQLite database"), "{refused}");
    if let Some(address) = postgres::database().await {
        let mut theirs = sqlx::PgConnection::connect(&address).await.unwrap();
        sqlx::query("CREATE TABLE songs (title TEXT)").execute(&mut theirs).await.unwrap();
        assert!(matches!(Db::open(&address).await, Err(StoreError::Foreign(_))));
        let tables: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'")
                .fetch_one(&mut theirs)
                .await
                .unwrap();
        assert_eq!(tables, 1);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_and_what_is_wrong_with_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no folder").join("v.db");
    let refused = Db::open(&format!("sqlite:{}", nowhere.display())).await.unwrap_err().to_string();
    assert!(refused.contains(nowhere.to_str().unwrap()) && refused.contains("folder is not there"), "{refused}");
    let is_folder = Db::open(&format!("sqlite:{}", folder.path().display())).await.unwrap_err().to_string();
    assert!(is_folder.contains(folder.path().to_str().unwrap()), "{is_folder}");
}

#[tokio::test]
async fn a_name_that_only_one_replica_may_bear_is_free_again_when_that_one_is_gone() {
    for test in crate::fixtures::databases().await {
        let first = only_one(&test.db, "town-hall-1").await.unwrap();
        let refused = only_one(&test.db, "town-hall-1").await;
        assert!(matches!(refused, Err(StoreError::Served(_))), "on {}", test.db.name());
        drop(first);
        only_one(&test.db, "town-hall-1").await.unwrap();
    }
}

/// The program once more in the same folder.
fn serve_again(running: &Running) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ventanilla"))
        .current_dir(running.folder.path())
        .env("VENTANILLA_LISTEN", "127.0.0.1:0")
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_serve_on_the_same_file_is_refused_and_a_file_that_is_moved_away_is_noticed() {
    let running = Running::launch(Command::new(env!("CARGO_BIN_EXE_ventanilla")));
    running.wait_for("/ready", StatusCode::OK).await;
    let second = tokio::task::block_in_place(|| serve_again(&running));
    let said = words(&second.stderr);
    assert!(!second.status.success() && said.contains("ventanilla.db is served by another ventanilla"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours where there is no terminal: {said:?}");

    let (path, away) = (running.folder.path().join("ventanilla.db"), running.folder.path().join("away.db"));
    fs::rename(&path, &away).unwrap();
    assert!(!running.say().await.is_success(), "nothing is written where nobody will look for it");
    running.wait_for("/ready", StatusCode::SERVICE_UNAVAILABLE).await;
    fs::rename(&away, &path).unwrap();
    assert!(running.say().await.is_success());
    running.wait_for("/ready", StatusCode::OK).await;
}

/// How many messages the database has counted.
async fn messages(file: &Path) -> i64 {
    let db = Db::open_existing(&format!("sqlite:{}", file.display())).await.unwrap();
    let counters = events::counters(&db).await.unwrap();
    db.close().await;
    counters.iter().filter(|counter| counter.name == "messages").map(|counter| counter.n).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_starts_while_the_file_is_away_and_what_was_in_its_log_is_there_when_it_comes_back() {
    let mut running = Running::launch(Command::new(env!("CARGO_BIN_EXE_ventanilla")));
    running.wait_for("/ready", StatusCode::OK).await;
    let command = |line: &[&str]| tokio::task::block_in_place(|| words(&run(&running.folder, line, &[]).stderr));
    assert_eq!(command(&["backup", "copy.db"]), "");
    for _ in 0..5 {
        assert!(running.say().await.is_success());
    }
    let (path, away) = (running.folder.path().join("ventanilla.db"), running.folder.path().join("away.db"));
    fs::rename(&path, &away).unwrap();
    let said = words(&tokio::task::block_in_place(|| serve_again(&running)).stderr);
    assert!(said.contains("ventanilla.db is served by another ventanilla"), "{said}");
    let said = command(&["restore", "copy.db", "--yes"]);
    assert!(said.contains("is being used"), "{said}");
    let names_both =
        |said: &str| said.contains("ventanilla.db-wal lies there without") && said.contains("Put the file back");
    for line in
        [&["ask", "hola"][..], &["stats"], &["staff", "list"], &["backup", "other.db"], &["keys", "adopt", "--yes"]]
    {
        let said = command(line);
        assert!(names_both(&said), "{line:?}: {said}");
    }
    running.program.kill().unwrap();
    tokio::task::block_in_place(|| running.program.wait().unwrap());
    // Nobody holds the lock any more.
    let said = words(&tokio::task::block_in_place(|| serve_again(&running)).stderr);
    assert!(names_both(&said), "{said}");
    let said = words(&tokio::task::block_in_place(|| run(&running.folder, &["restore", "copy.db"], &[])).stderr);
    assert!(said.contains("ventanilla.db-wal is there already"), "{said}");
    assert!(!path.exists() && !running.folder.path().join("other.db").exists(), "nothing was made");
    fs::rename(&away, &path).unwrap();
    assert_eq!(messages(&path).await, 5);
}

#[tokio::test]
async fn a_log_without_its_file_is_found_where_a_link_leads_and_a_restore_puts_it_aside() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("disk")).unwrap();
    std::os::unix::fs::symlink("disk/real.db", at("link.db")).unwrap();
    let address = format!("sqlite:{}", at("link.db").display());
    for log in ["", "what was written last"] {
        fs::write(at("disk/real.db-wal"), log).unwrap();
        for refused in [Db::open(&address).await.unwrap_err(), Db::open_existing(&address).await.unwrap_err()] {
            assert!(matches!(refused, StoreError::LogAlone { .. }), "{refused}");
        }
        assert!(Db::find(&address).await.is_err() && !at("disk/real.db").exists(), "nothing was made");
    }
    let copy = at("copy.db");
    crate::fixtures::copy_file(crate::fixtures::Holds::Starter, &copy).await;
    let clock = ventanilla::clock::Clock::set(crate::fixtures::morning());
    let refused = ventanilla::app::restore(&address, &copy, false, &clock).await.unwrap_err().to_string();
    assert!(refused.contains("real.db-wal is there already"), "{refused}");
    let before = ventanilla::app::restore(&address, &copy, true, &clock).await.unwrap().unwrap();
    assert_eq!(fs::read_to_string(&before).unwrap(), "what was written last");
    assert!(at("link.db").is_symlink(), "the link is left as it is");
    Db::open_existing(&address).await.unwrap().close().await;
}

#[test]
fn a_start_that_is_refused_leaves_no_lock_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ventanilla.db"), "words, and more than a few of them, so that it is no empty file")
        .unwrap();
    let refused = run(&folder, &["serve"], &[("VENTANILLA_LISTEN", "127.0.0.1:0")]);
    assert!(!refused.status.success());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_server_that_is_away_or_lets_nobody_in_is_named_with_the_cause() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = Db::open(&format!("postgres://u:SECRET@{free}/v")).await.unwrap_err().to_string();
    assert_eq!(refused, format!("PostgreSQL at {free} does not answer: connection refused"));
    if let Some(address) = postgres::database().await {
        let (server, _) = address.rsplit_once('/').unwrap();
        let refused = Db::open(&format!("{server}/nope")).await.unwrap_err().to_string();
        assert!(refused.starts_with("PostgreSQL at 127.0.0.1:"), "{refused}");
        assert!(refused.ends_with("refuses: database \"nope\" does not exist"), "{refused}");
    }
}
