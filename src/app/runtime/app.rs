//! `App`: the state that all use cases share, opened once at the start.

use std::sync::{Arc, Mutex, OnceLock};

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use thiserror::Error;
use tokio::sync::{Notify, Semaphore};

use super::batcher::Batcher;
use super::chat_locks::ChatLocks;
use super::heartbeat_sent::Heartbeat;
use super::internal_error::Lasting;
use super::live::{KnowledgeError, Live};
use crate::app::content::publishing::PublishingAtWork;
use crate::app::imports::progress::ImportsInProgress;
use crate::app::operations::key_fit::KeyFitError;
use crate::app::operations::probing::Probing;
use crate::app::operations::telegram_health::TelegramHealth;
use crate::app::outbox::fullness::{self, Fullness};
use crate::app::staff::password::Hashing;
use crate::app::staff_chat::known_chats::StaffChats;
use crate::app::turns::lookup::Lookup;
use crate::app::turns::turn_commit::TurnWrite;
use crate::clock::Clock;
use crate::encryption::Encryption;
use crate::store::{Db, StoreError};

/// What use cases need.
pub struct App {
    /// The database.
    pub db: Db,
    /// The knowledge that answers now.
    pub live: Live,
    /// The time.
    pub clock: Clock,
    /// Encrypts and hashes data that identifies people.
    pub encryption: Encryption,
    /// Notified when there is something to send.
    pub outbox_ready: Arc<Notify>,
    /// Notified when a person has left a question, or added a line to it.
    pub question_left: Arc<Notify>,
    /// Notified when a chat has been erased: the files of the database are to be wiped.
    pub erased: Arc<Notify>,
    /// The public address (https) of the web chat and the console, if it is known.
    pub public_url: OnceLock<String>,
    /// Notified when something new is published.
    pub published: Arc<Notify>,
    /// How Telegram is doing, for `/ready`.
    pub telegram: TelegramHealth,
    /// When each lasting error was logged.
    pub lasting: Lasting,
    /// The time zone in which days are counted.
    pub zone: Tz,
    pub(in crate::app) chat_locks: ChatLocks,
    /// One change is tried at a time: learning uses both processors.
    pub(in crate::app) tries: Semaphore,
    /// The last heartbeat that this replica sent.
    pub(in crate::app) last_heartbeat: Mutex<Option<Heartbeat>>,
    pub(in crate::app) tables: ImportsInProgress,
    pub(in crate::app) publishing: PublishingAtWork,
    pub(in crate::app) turn_commits: Batcher<TurnWrite>,
    /// Lookups of chats, in batches.
    pub(in crate::app) lookups: Batcher<Lookup>,
    pub(in crate::app) staff_chats: StaffChats,
    pub(in crate::app) probing: Probing,
    /// Whether the outbox is full.
    pub(in crate::app) fullness: Fullness,
    /// The queue for hashing passwords.
    pub(in crate::app) hashing: Hashing,
}

/// Why the app could not be opened; the operator who starts the program reads this.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The database does not exist or refuses.
    #[error("the database cannot be used: {0}")]
    Store(#[from] StoreError),
    /// The key cannot be used, or is not the database's.
    #[error(transparent)]
    Key(#[from] KeyFitError),
    /// The content cannot be used.
    #[error("the content cannot be used: {0}")]
    Knowledge(#[from] KnowledgeError),
}

impl App {
    /// Keeps what was learned for the next start, and closes the database.
    pub async fn close(&self) {
        self.keep_learned().await;
        self.db.close().await;
    }

    /// Keeps what was learned for the next start; if that fails, the next start learns again.
    pub async fn keep_learned(&self) {
        if let Err(error) = self.live.keep(&self.db).await
            && self.lasting.is_time("keep what was learned")
        {
            tracing::warn!(%error, "what was learned could not be kept");
        }
    }

    /// An app of parts that are already open.
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

    /// The same app with another limit for the messages in the outbox.
    #[must_use]
    pub fn with_room_for(self, messages: i64) -> App {
        App { fullness: Fullness::from(messages), ..self }
    }

    /// The date in the app's time zone.
    pub fn day(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// The hour in the app's time zone, from 0 to 23.
    pub fn hour(&self, now: DateTime<Utc>) -> u32 {
        now.with_timezone(&self.zone).hour()
    }
}
