//! Opens the app: the database and the key file, and at the first start the starter pack.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio::task::spawn_blocking;

use super::imports::import_pack::{put_first, starter};
use super::operations::key_fit::{existing_key, fitting_key};
use super::runtime::app::{App, OpenError};
use super::runtime::live::{KnowledgeError, Live};
use crate::bot::knowledge::Knowledge;
use crate::clock::Clock;
use crate::encryption::Encryption;
use crate::metrics;
use crate::store::Db;
use crate::store::operations::revision;

impl App {
    /// Opens the database, loads the starter pack if it is empty, and builds the knowledge.
    pub async fn open(database: &str, key_file: &Path, clock: Clock, zone: Tz) -> Result<App, OpenError> {
        let db = Db::open(database).await?;
        let encryption = fitting_key(&db, key_file).await?;
        App::on(db, encryption, clock, zone).await
    }

    /// Opens a database and a key file that must exist: nothing is created.
    ///
    /// # Errors
    /// As [`App::open`], and if one of the two does not exist.
    pub async fn open_existing(database: &str, key_file: &Path, clock: Clock, zone: Tz) -> Result<App, OpenError> {
        let db = Db::open_existing(database).await?;
        let encryption = existing_key(&db, key_file).await?;
        App::on(db, encryption, clock, zone).await
    }

    async fn on(db: Db, encryption: Encryption, clock: Clock, zone: Tz) -> Result<App, OpenError> {
        let live = match revision::current(&db).await? {
            0 => first_live(&db, clock.now()).await?,
            _ => Live::open(&db).await?,
        };
        Ok(App::of(db, live, encryption, clock, zone))
    }
}

/// The knowledge of the first start: the model learns from the starter pack while that is written to the database.
async fn first_live(db: &Db, now: DateTime<Utc>) -> Result<Live, OpenError> {
    let pack = starter();
    let learning = pack.clone();
    let begun = Instant::now();
    let learning = spawn_blocking(move || Knowledge::build(learning, 0));
    let number = put_first(db, &pack, now).await?;
    let mut knowledge = learning.await.map_err(|_| KnowledgeError::Builder)?.map_err(KnowledgeError::Content)?;
    metrics::built(begun.elapsed());
    // If another replica (perhaps of another version) was first, the number stays 0, and `refresh` reads its content.
    knowledge.revision = number.unwrap_or(knowledge.revision);
    let live = Live::of(Arc::new(knowledge));
    live.refresh(db).await?;
    Ok(live)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::knowledge::fingerprint;
    use crate::domain::text::id::EntryKey;
    use crate::store::content;
    use crate::store::operations::learned;

    async fn empty(folder: &Path) -> Db {
        Db::open(&format!("sqlite:{}", folder.join("db").display())).await.unwrap()
    }

    #[tokio::test]
    async fn a_first_start_knows_what_it_has_put_into_the_database_and_keeps_what_it_learned() {
        let folder = tempfile::tempdir().unwrap();
        let db = empty(folder.path()).await;
        let live = first_live(&db, DateTime::default()).await.unwrap();
        let (known, held) = (live.now(), content::load(&db).await.unwrap());
        assert_eq!((known.revision, known.entries()), (1, &held.entries[..]));
        assert_eq!(known.fingerprint(), fingerprint(&held));
        live.keep(&db).await.unwrap();
        assert!(learned::load(&db, known.fingerprint()).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn where_another_replica_was_first_what_it_published_counts() {
        let folder = tempfile::tempdir().unwrap();
        let db = empty(folder.path()).await;
        let mut other = starter();
        other.entries.truncate(20);
        let theirs = other.entries.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>();
        let is_theirs = |key: &EntryKey| theirs.contains(key);
        other.entries.iter_mut().for_each(|entry| entry.related.retain(is_theirs));
        other.phrasings.retain(|phrasing| phrasing.entry.as_ref().is_some_and(is_theirs));
        other.notes.clear();
        assert_eq!(put_first(&db, &other, DateTime::default()).await.unwrap(), Some(1));
        let live = first_live(&db, DateTime::default()).await.unwrap();
        assert_eq!((live.now().revision, live.now().entries().len()), (1, 20));
        assert_eq!(live.now().fingerprint(), fingerprint(&content::load(&db).await.unwrap()));
    }
}
