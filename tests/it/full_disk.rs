//! A disk without room: what cannot be written is refused and said, and everything goes on when there is room again.

use std::process::Command;
use std::time::Duration;

use reqwest::StatusCode;
use ventanilla::app::{Readiness, readiness};
use ventanilla::store::Db;

use crate::fixtures::{app, databases, sqlite, turn};
use crate::operations::Running;

#[tokio::test]
async fn what_the_database_rolls_back_by_itself_costs_a_connection_and_never_the_messages_after_it() {
    let db = sqlite().await;
    let app = app(&db);
    assert!(turn(&app, 0).await);
    let Db::Sqlite { write, .. } = &db.db else { panic!("SQLite") };
    // The limit is the connection's own, so that whatever takes its place has room.
    sqlx::query("PRAGMA max_page_count = 1").execute(write).await.unwrap();
    let mut refused = None;
    for chat in 1..500 {
        if !turn(&app, chat).await {
            refused = Some(chat);
            break;
        }
    }
    let refused = refused.expect("SQLite has no room");
    for chat in refused..refused + 20 {
        assert!(turn(&app, chat).await, "the message after the refusal is taken");
    }
}

#[tokio::test]
async fn a_transaction_that_failed_in_the_middle_leaves_nothing_open_in_the_pool() {
    for test in databases().await {
        for _ in 0..20 {
            let mut tx = test.db.begin().await.unwrap();
            match &mut tx {
                ventanilla::store::Tx::Sqlite(tx) => {
                    // As SQLite does by itself where it has no room.
                    sqlx::query("ROLLBACK").execute(&mut **tx).await.unwrap();
                }
                ventanilla::store::Tx::Postgres(tx) => {
                    assert!(sqlx::query("no statement").execute(&mut **tx).await.is_err());
                }
            }
            drop(tx);
        }
        assert!(turn(&app(&test), 1).await, "on {}", test.db.name());
    }
}

#[tokio::test]
async fn ready_says_that_nothing_can_be_written_while_everything_can_be_read() {
    for test in databases().await {
        let app = app(&test);
        assert!(matches!(readiness(&app).await, Readiness::Ready { .. }), "on {}", test.db.name());
    }
    let db = sqlite().await;
    let app = app(&db);
    let Db::Sqlite { write, .. } = &db.db else { panic!("SQLite") };
    sqlx::query("PRAGMA query_only = 1").execute(write).await.unwrap();
    assert_eq!(readiness(&app).await, Readiness::NoWrite);
}

/// Files of the program may grow up to here only; a write beyond is refused as on a full disk.
fn limit(running: &Running, bytes: &str) {
    let (limit, pid) = (format!("--fsize={bytes}:unlimited"), running.program.id().to_string());
    assert!(Command::new("prlimit").args(["--pid", &pid, &limit]).status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_by_ready_and_forgotten_when_there_is_room() {
    let mut command = Command::new("sh");
    // The signal that comes with the refusal would end the program; a full disk sends none.
    command.args(["-c", "trap '' XFSZ; exec \"$0\" serve", env!("CARGO_BIN_EXE_ventanilla")]);
    let running = Running::launch(command);
    running.wait_for("/ready", StatusCode::OK).await;
    limit(&running, "65536");
    let mut look = tokio::time::interval(Duration::from_millis(50));
    let begun = std::time::Instant::now();
    while running.say().await.is_success() {
        assert!(begun.elapsed() < Duration::from_secs(30), "the disk never was full");
        look.tick().await;
    }
    running.wait_for("/ready", StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(running.status("/health").await, StatusCode::OK);
    limit(&running, "unlimited");
    assert!(running.say().await.is_success(), "there is room again, and the next message is taken");
    running.wait_for("/ready", StatusCode::OK).await;
}
