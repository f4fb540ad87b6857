//! Which chats are colleagues': kept in memory for a moment, so that people's messages cost no look into the database.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::people::chat::ChatKey;
use crate::store::staff::telegram_links;
use crate::store::{Db, StoreError};

/// What other replicas have linked is seen after so long.
const FRESH: TimeDelta = TimeDelta::seconds(5);

/// The chats that are linked, and when that was read.
#[derive(Default)]
pub(in crate::app) struct StaffChats(Mutex<Option<(DateTime<Utc>, HashSet<String>)>>);

impl StaffChats {
    /// Whether the chat is a colleague's, as of a moment ago.
    pub async fn has(&self, db: &Db, key: &ChatKey, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if let Some(known) = self.known(key, now) {
            return Ok(known);
        }
        let chats: HashSet<String> = telegram_links::list(db).await?.into_iter().map(|link| link.chat).collect();
        let has = chats.contains(key.as_str());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, chats));
        Ok(has)
    }

    /// Somebody was linked or unlinked here.
    pub fn have_changed(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn known(&self, key: &ChatKey, now: DateTime<Utc>) -> Option<bool> {
        let chats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        chats.as_ref().filter(|(at, _)| (now - *at).abs() < FRESH).map(|(_, chats)| chats.contains(key.as_str()))
    }
}
