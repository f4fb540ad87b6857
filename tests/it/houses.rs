//! Houses for tests: on either database, with a clock that can be moved, and one knowledge for all.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use ventanilla::actions::House;
use ventanilla::clock::Clock;
use ventanilla::knowledge::Knowledge;
use ventanilla::live::Live;
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::sealing::Seal;
use ventanilla::store::Db;

use crate::postgres;

/// What the starter pack knows; made once, since that takes a second.
pub static KNOWLEDGE: LazyLock<Arc<Knowledge>> =
    LazyLock::new(|| Arc::new(Knowledge::build(read(&embedded(&STARTER)).unwrap(), 1).unwrap()));

/// A Monday morning in Santiago.
pub fn morning() -> DateTime<Utc> {
    "2026-11-23T13:00:00Z".parse().unwrap()
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

/// A database of each kind: SQLite always, PostgreSQL where it is on the machine.
pub async fn databases() -> Vec<TestDb> {
    let mut all = vec![sqlite().await];
    if let Some(address) = postgres::database().await {
        all.push(TestDb::of(Db::open(&address).await.unwrap()));
    }
    all
}

/// A new SQLite database.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("t.db").display());
    TestDb { db: Db::open(&address).await.unwrap(), _folder: Some(folder) }
}

/// A house on this database, with the starter pack's knowledge.
pub fn house(db: &TestDb) -> House {
    let zone = "America/Santiago".parse().unwrap();
    House::of(db.db.clone(), Live::of(KNOWLEDGE.clone()), Seal::new(&[7; 32]), Clock::set(morning()), zone)
}
