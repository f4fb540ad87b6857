//! Counts a web chat once its cookie has come back, so that a browser without cookies is not counted each time.

use chrono::NaiveDate;

use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::domain::people::chat::Door;
use crate::domain::statistics::event::{Event, Occasion};
use crate::store::chats::StoredChat;
use crate::store::statistics::events::Tally;
use crate::store::{StoreError, chats};

/// Counts the chat at this address, unless it is counted already.
pub async fn count_chat(app: &App, door: Door, address: &str) -> Result<(), InternalError> {
    run(app, door, address).await.map_err(|error| InternalError::new("count a chat", error))
}

async fn run(app: &App, door: Door, address: &str) -> Result<(), StoreError> {
    let (key, now) = (app.encryption.chat_key(door, address), app.clock.now());
    let mut tx = app.db.begin().await?;
    let Some(lang) = chats::counted(&mut tx, &key).await? else { return Ok(()) };
    let (day, hour) = (app.day(now), app.hour(now));
    let occasion = Occasion { day, hour, door, lang, municipality: None, last_day: None };
    let mut tally = Tally::default();
    tally.add_turn(&occasion, &[Event::ChatBegan], None);
    tally.record(&mut tx).await?;
    tx.commit().await
}

/// Whether this turn counts the chat as new, and the chat as the statistics see it.
pub(in crate::app) fn counting(stored: StoredChat, counts: bool, today: NaiveDate) -> (bool, StoredChat) {
    let is_new = stored.version == 0 || stored.uncounted;
    match (is_new, counts) {
        (false, _) => (false, stored),
        (true, true) => (true, StoredChat { uncounted: false, last_day: None, ..stored }),
        // Today is set as its last day, so that it is not counted for a day or a month before it is counted itself.
        (true, false) => (false, StoredChat { uncounted: true, last_day: Some(today), ..stored }),
    }
}
