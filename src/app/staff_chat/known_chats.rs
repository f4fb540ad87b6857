//! Cache of the chats linked to staff, so that people's messages need no database query.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::people::chat::ChatKey;
use crate::store::staff::telegram_links;
use crate::store::{Db, StoreError};

/// How long the cache is valid; links made on other replicas are seen after this.
const FRESH: TimeDelta = TimeDelta::seconds(5);

/// The linked chats, and when they were read.
#[derive(Default)]
pub(in crate::app) struct StaffChats(Mutex<Option<(DateTime<Utc>, HashSet<String>)>>);

impl StaffChats {
    /// Whether the chat is linked to a colleague; may be a few seconds old.
    pub async fn has(&self, db: &Db, key: &ChatKey, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if let Some(known) = self.known(key, now) {
            return Ok(known);
        }
        let chats: HashSet<String> = telegram_links::list(db).await?.into_iter().map(|link| link.chat).collect();
        let has = chats.contains(key.as_str());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, chats));
        Ok(has)
    }

    /// Clears the cache, after a link or unlink on this replica.
    pub fn have_changed(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn known(&self, key: &ChatKey, now: DateTime<Utc>) -> Option<bool> {
        let chats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        chats.as_ref().filter(|(at, _)| (now - *at).abs() < FRESH).map(|(_, chats)| chats.contains(key.as_str()))
    }
}
