//! Houses for tests: on either database, with a clock that can be moved, and one knowledge for all.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{App, Arrival, Taken, import_starter, take_turn};
use ventanilla::bot::citizen::{Input, TurnInput};
use ventanilla::bot::knowledge::Knowledge;
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;
use ventanilla::encryption::Encryption;
use ventanilla::files;
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::store::Db;

use crate::postgres;

/// What the starter pack knows; made once, since that takes a second.
pub static KNOWLEDGE: LazyLock<Arc<Knowledge>> =
    LazyLock::new(|| Arc::new(Knowledge::build(read(&embedded(&STARTER)).unwrap(), 1).unwrap()));

/// A Monday morning in Santiago.
pub fn morning() -> DateTime<Utc> {
    "2026-11-23T13:00:00Z".parse().unwrap()
}

/// What a new database of a test holds already. Each kind is made once and copied: making one takes a second or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The tables, and nothing in them.
    Tables,
    /// The starter pack, published, and what was learned from it.
    Starter,
}

impl Holds {
    /// Makes a database of this kind in an empty one, which nobody has open afterwards.
    pub async fn make(self, address: &str) {
        let db = Db::open(address).await.unwrap();
        if self == Holds::Starter {
            import_starter(&db, morning()).await.unwrap();
            Live::of(KNOWLEDGE.clone()).keep(&db).await.unwrap();
        }
        db.close().await;
    }
}

/// A database that is gone with the test.
pub struct TestDb {
    pub db: Db,
    _folder: Option<TempDir>,
}

impl TestDb {
    /// A database of a server, which is gone with the server.
    pub fn of(db: Db) -> TestDb {
        TestDb { db, _folder: None }
    }
}

/// A database of each kind with empty tables: SQLite always, PostgreSQL where it is on the machine.
pub async fn databases() -> Vec<TestDb> {
    databases_with(Holds::Tables).await
}

/// A database of each kind that holds the starter pack.
pub async fn started_databases() -> Vec<TestDb> {
    databases_with(Holds::Starter).await
}

async fn databases_with(holds: Holds) -> Vec<TestDb> {
    let mut all = vec![sqlite_with(holds).await];
    if let Some(address) = postgres_with(holds).await {
        all.push(TestDb::of(Db::open(&address).await.unwrap()));
    }
    all
}

/// The address of a PostgreSQL database of this kind; nothing where the test has to be skipped.
pub async fn postgres_with(holds: Holds) -> Option<String> {
    static TABLES: OnceCell<Option<String>> = OnceCell::const_new();
    static STARTER: OnceCell<Option<String>> = OnceCell::const_new();
    let made = match holds {
        Holds::Tables => &TABLES,
        Holds::Starter => &STARTER,
    };
    let made = made.get_or_init(|| async {
        let address = postgres::database().await?;
        holds.make(&address).await;
        Some(address)
    });
    Some(postgres::copy(made.await.as_ref()?).await)
}

/// A SQLite database with empty tables.
pub async fn sqlite() -> TestDb {
    sqlite_with(Holds::Tables).await
}

/// A SQLite database that holds the starter pack.
pub async fn started_sqlite() -> TestDb {
    sqlite_with(Holds::Starter).await
}

async fn sqlite_with(holds: Holds) -> TestDb {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.db");
    copy_file(holds, &file).await;
    TestDb { db: Db::open(&format!("sqlite:{}", file.display())).await.unwrap(), _folder: Some(folder) }
}

/// Puts a SQLite database of this kind where there is none.
pub async fn copy_file(holds: Holds, to: &Path) {
    static TABLES: OnceCell<TempDir> = OnceCell::const_new();
    static STARTER: OnceCell<TempDir> = OnceCell::const_new();
    let made = match holds {
        Holds::Tables => &TABLES,
        Holds::Starter => &STARTER,
    };
    let made = made.get_or_init(|| async {
        let folder = tempfile::tempdir().unwrap();
        holds.make(&format!("sqlite:{}", folder.path().join("t.db").display())).await;
        assert!(!folder.path().join("t.db-wal").exists(), "everything is in the one file that is copied");
        folder
    });
    std::fs::copy(made.await.path().join("t.db"), to).unwrap();
}

/// Whether a question from this chat is answered.
pub async fn turn(app: &App, chat: i64) -> bool {
    let arrival = Arrival {
        door: Door::Telegram,
        address: chat.to_string(),
        update: None,
        turn_input: TurnInput {
            input: Input::Text("where can I get free legal help".into()),
            proposed: None,
            reachable: false,
        },
        return_to: serde_json::Value::Null,
        later: None,
    };
    matches!(take_turn(app, &arrival).await, Ok(Taken::Replied(_)))
}

/// A key file of this byte, for its owner only.
pub fn key_file(path: &Path, byte: &str) {
    use std::io::Write;
    files::overwrite(path).unwrap().write_all(byte.repeat(32).as_bytes()).unwrap();
}

/// A house on this database, with the starter pack's knowledge.
pub fn app(db: &TestDb) -> App {
    let zone = "America/Santiago".parse().unwrap();
    App::of(db.db.clone(), Live::of(KNOWLEDGE.clone()), Encryption::new(&[7; 32]), Clock::set(morning()), zone)
}
