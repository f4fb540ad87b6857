//! The house: everything that turns need, opened once.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use thiserror::Error;
use tokio::sync::{Notify, Semaphore};
use tokio::task::spawn_blocking;

use super::batcher::Batcher;
use super::chat_locks::ChatLocks;
use super::internal_error::Lasting;
use super::live::{KnowledgeError, Live};
use crate::app::content::bulk_publish::PublishingAtWork;
use crate::app::imports::import_pack::{put_first, starter};
use crate::app::imports::progress::ImportsInProgress;
use crate::app::operations::heartbeat::Heartbeat;
use crate::app::operations::key_fit::{KeyFitError, existing_key, fitting_key};
use crate::app::operations::readiness::Probing;
use crate::app::operations::telegram_health::TelegramHealth;
use crate::app::outbox::fullness::{self, Fullness};
use crate::app::staff::password::Hashing;
use crate::app::staff_chat::StaffChats;
use crate::app::turns::take_turn::Lookup;
use crate::app::turns::turn_commit::TurnWrite;
use crate::bot::knowledge::Knowledge;
use crate::clock::Clock;
use crate::encryption::Encryption;
use crate::metrics;
use crate::store::operations::revision;
use crate::store::{Db, StoreError};

/// What turns need.
pub struct App {
    /// The database.
    pub db: Db,
    /// The knowledge that answers now.
    pub live: Live,
    /// The time.
    pub clock: Clock,
    /// Locks what leads back to people.
    pub encryption: Encryption,
    /// Rings when there is something to be sent.
    pub outbox_ready: Arc<Notify>,
    /// Rings when somebody has left a question, or said more about it.
    pub question_left: Arc<Notify>,
    /// Rings when a chat has erased what was kept of it: the files of the database are to be wiped.
    pub erased: Arc<Notify>,
    /// Where the web chat and the console are reached from outside (https), where that is known.
    pub public_url: OnceLock<String>,
    /// Rings when something new is published.
    pub published: Arc<Notify>,
    /// How Telegram is doing, for `/ready`.
    pub telegram: TelegramHealth,
    /// What was said of troubles that last.
    pub lasting: Lasting,
    /// The time zone in which days are counted.
    pub zone: Tz,
    pub(in crate::app) chat_locks: ChatLocks,
    /// Lets one change be tried at a time: learning takes both processors.
    pub(in crate::app) tries: Semaphore,
    /// What the last heartbeat said, and when.
    pub(in crate::app) last_heartbeat: Mutex<Option<Heartbeat>>,
    pub(in crate::app) tables: ImportsInProgress,
    pub(in crate::app) publishing: PublishingAtWork,
    pub(in crate::app) turn_commits: Batcher<TurnWrite>,
    /// Chats that are looked up.
    pub(in crate::app) lookups: Batcher<Lookup>,
    pub(in crate::app) staff_chats: StaffChats,
    pub(in crate::app) probing: Probing,
    /// Whether too much waits to be sent.
    pub(in crate::app) fullness: Fullness,
    /// Passwords that are hashed, and wait for it.
    pub(in crate::app) hashing: Hashing,
}

/// A house that could not be opened; a person who starts the program reads this.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The database is not there or refuses.
    #[error("the database cannot be used: {0}")]
    Store(#[from] StoreError),
    /// The key cannot be used, or is not the database's.
    #[error(transparent)]
    Key(#[from] KeyFitError),
    /// Nothing can be made of the content.
    #[error("the content cannot be used: {0}")]
    Knowledge(#[from] KnowledgeError),
}

impl App {
    /// Opens the database, loads the starter pack where it is empty, and makes the knowledge.
    ///
    /// # Errors
    /// Where the database, the key or the content cannot be used.
    pub async fn open(database: &str, key_file: &Path, clock: Clock, zone: Tz) -> Result<App, OpenError> {
        let db = Db::open(database).await?;
        let encryption = fitting_key(&db, key_file).await?;
        App::on(db, encryption, clock, zone).await
    }

    /// Opens a database and a key file that have to be there: nothing is made.
    ///
    /// # Errors
    /// As [`App::open`], and where one of both is not there.
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

    /// Keeps what was learned for the next start, and closes the database.
    pub async fn close(&self) {
        self.keep_learned().await;
        self.db.close().await;
    }

    /// Keeps what was learned for the next start; where that cannot be done, the next start learns again.
    pub async fn keep_learned(&self) {
        if let Err(error) = self.live.keep(&self.db).await
            && self.lasting.is_time("keep what was learned")
        {
            tracing::warn!(%error, "what was learned could not be kept");
        }
    }

    /// A house of parts that are open already.
    pub fn of(db: Db, live: Live, encryption: Encryption, clock: Clock, zone: Tz) -> App {
        App {
            db,
            live,
            clock,
            encryption,
            outbox_ready: Arc::new(Notify::new()),
            question_left: Arc::new(Notify::new()),
            erased: Arc::new(Notify::new()),
            public_url: OnceLock::new(),
            published: Arc::new(Notify::new()),
            telegram: TelegramHealth::default(),
            lasting: Lasting::default(),
            zone,
            chat_locks: ChatLocks::new(),
            tries: Semaphore::new(1),
            last_heartbeat: Mutex::new(None),
            tables: ImportsInProgress::new(),
            publishing: PublishingAtWork::default(),
            turn_commits: Batcher::default(),
            lookups: Batcher::default(),
            staff_chats: StaffChats::default(),
            probing: Probing::default(),
            fullness: Fullness::from(fullness::MOST),
            hashing: Hashing::default(),
        }
    }

    /// The same house, in which fewer messages may wait to be sent.
    #[must_use]
    pub fn with_room_for(self, messages: i64) -> App {
        App { fullness: Fullness::from(messages), ..self }
    }

    /// The day it is here.
    pub fn day(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// The hour of the day it is here, from 0 to 23.
    pub fn hour(&self, now: DateTime<Utc>) -> u32 {
        now.with_timezone(&self.zone).hour()
    }
}

/// What the program knows at its very first start: it learns from the starter pack while that is put into the database.
async fn first_live(db: &Db, now: DateTime<Utc>) -> Result<Live, OpenError> {
    let pack = starter();
    let learning = pack.clone();
    let begun = Instant::now();
    let learning = spawn_blocking(move || Knowledge::build(learning, 0));
    let number = put_first(db, &pack, now).await?;
    let mut knowledge = learning.await.map_err(|_| KnowledgeError::Builder)?.map_err(KnowledgeError::Content)?;
    metrics::built(begun.elapsed());
    // Where another replica, perhaps of another version, was first, the number stays at nothing, and what is there now is read.
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
