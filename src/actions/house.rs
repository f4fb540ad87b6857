//! The house: everything that turns need, opened once.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use thiserror::Error;
use tokio::sync::{Notify, Semaphore};

use super::at_desk::Desks;
use super::gather::Gathering;
use super::heartbeat::Beat;
use super::import_pack::import_starter;
use super::lanes::Lanes;
use super::ledger::Draft;
use super::publish_many::PublishingAtWork;
use super::tables_at_work::TablesAtWork;
use super::take_turn::Lookup;
use crate::clock::Clock;
use crate::live::{Live, NoKnowledge};
use crate::sealing::{KeyTrouble, Seal};
use crate::store::{Db, StoreError};

/// What turns need.
pub struct House {
    /// The database.
    pub db: Db,
    /// The knowledge that answers now.
    pub live: Live,
    /// The time.
    pub clock: Clock,
    /// Locks what leads back to people.
    pub seal: Seal,
    /// Rings when there is something to be sent.
    pub bell: Arc<Notify>,
    /// Rings when somebody has left a question, or said more about it.
    pub asked: Arc<Notify>,
    /// Where the web chat and the console are reached from outside (https), where that is known.
    pub public_url: OnceLock<String>,
    /// Rings when something new is published.
    pub news: Arc<Notify>,
    /// The time zone in which days are counted.
    pub zone: Tz,
    pub(super) lanes: Lanes,
    /// Lets one change be tried at a time: learning takes both processors.
    pub(super) tries: Semaphore,
    /// What the last heartbeat said, and when.
    pub(super) last_beat: Mutex<Option<Beat>>,
    pub(super) tables: TablesAtWork,
    pub(super) publishing: PublishingAtWork,
    pub(super) ledger: Gathering<Draft>,
    /// Chats that are looked up.
    pub(super) lookups: Gathering<Lookup>,
    pub(super) desks: Desks,
}

/// A house that could not be opened; a person who starts the program reads this.
#[derive(Debug, Error)]
pub enum NoHouse {
    /// The database is not there or refuses.
    #[error("the database cannot be used: {0}")]
    Store(#[from] StoreError),
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyTrouble),
    /// Nothing can be made of the content.
    #[error("the content cannot be used: {0}")]
    Knowledge(#[from] NoKnowledge),
}

impl House {
    /// Opens the database, loads the starter pack where it is empty, and builds the knowledge.
    ///
    /// # Errors
    /// Where the database, the key or the content cannot be used.
    pub async fn open(database: &str, key_file: &Path, clock: Clock, zone: Tz) -> Result<House, NoHouse> {
        let seal = Seal::of_file(key_file)?;
        let db = Db::open(database).await?;
        import_starter(&db, clock.now()).await?;
        let live = Live::open(&db).await?;
        Ok(House::of(db, live, seal, clock, zone))
    }

    /// A house of parts that are open already.
    pub fn of(db: Db, live: Live, seal: Seal, clock: Clock, zone: Tz) -> House {
        House {
            db,
            live,
            clock,
            seal,
            bell: Arc::new(Notify::new()),
            asked: Arc::new(Notify::new()),
            public_url: OnceLock::new(),
            news: Arc::new(Notify::new()),
            zone,
            lanes: Lanes::new(),
            tries: Semaphore::new(1),
            last_beat: Mutex::new(None),
            tables: TablesAtWork::new(),
            publishing: PublishingAtWork::default(),
            ledger: Gathering::default(),
            lookups: Gathering::default(),
            desks: Desks::default(),
        }
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
