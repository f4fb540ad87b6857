//! The house: everything that turns need, opened once.

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
