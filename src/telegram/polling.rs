//! Long polling: updates are fetched, and asked for no more only when their turns are saved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use teloxide::payloads::DeleteWebhook;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::client::Refusal;
use super::door::Door;
use super::incoming::raw::Received;
use super::incoming::source_message::{Words, source};
use super::incoming::update;
use crate::app::{InternalError, SourceMessage, is_full, wake};
use crate::store::operations::revision;

/// How long Telegram holds a request open while nothing happens, and how long we then wait for the answer.
const HOLD: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(40);
/// How many updates are fetched at once; the most that Telegram gives.
const BATCH: usize = 100;
/// The longest pause after trouble.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// The pause after Telegram has refused the token: somebody has to mend it.
const TOKEN_PAUSE: Duration = Duration::from_secs(30);
/// How long to wait for room where too much waits to be sent.
const ROOM: Duration = Duration::from_secs(1);
/// After so many faults of one update, while the database is well, its person gets an apology and the others go on.
const TRIES: u32 = 4;

/// Fetches and takes updates until it is told to stop.
pub(super) async fn poll(door: Arc<Door>, mut stop: watch::Receiver<bool>) {
    let mut polling = Polling { door, offset: 0, trouble: 0, said: None, away: false };
    while !*stop.borrow() {
        // What is not fetched stays with Telegram, for a day.
        if is_full(&polling.door.app).await {
            polling.progress();
            tokio::select! { () = sleep(ROOM) => {}, _ = stop.changed() => {} }
            continue;
        }
        // Only waiting is cut short by a stop; turns in hand are finished.
        let fetched = tokio::select! {
            fetched = polling.fetch(HOLD) => fetched,
            _ = stop.changed() => break,
        };
        let pause = match fetched {
            Ok(updates) => {
                polling.said = None;
                if std::mem::take(&mut polling.away) {
                    // Where it fails it has been logged, and everything waits for its own time.
                    let _ = wake(&polling.door.app).await;
                }
                polling.take(updates).await
            }
            Err(refusal) => Some(polling.wait_out(&refusal).await),
        };
        if let Some(pause) = pause {
            tokio::select! { () = sleep(pause) => {}, _ = stop.changed() => {} }
        }
    }
    // Tells Telegram what has been taken. Where it fails they come again, and are recognised.
    let _ = polling.fetch(Duration::ZERO).await;
}

struct Polling {
    door: Arc<Door>,
    /// The first update that is still wanted.
    offset: i64,
    /// How often in a row something went wrong.
    trouble: u32,
    /// Why updates could not be fetched, as it was logged last.
    said: Option<&'static str>,
    /// The last time there was no connection.
    away: bool,
}

/// An update whose turn could not be saved.
struct Stuck {
    number: i64,
    update: Value,
    fault: InternalError,
}

impl Polling {
    async fn fetch(&self, hold: Duration) -> Result<Vec<Received>, Refusal> {
        let limit = if hold.is_zero() { 1 } else { BATCH };
        let request =
            json!({"offset": self.offset, "limit": limit, "timeout": hold.as_secs(), "allowed_updates": update::KINDS});
        self.door.client.updates(&request, PATIENCE).await
    }

    /// Takes a batch; how long to wait before the next, if something is stuck.
    async fn take(&mut self, received: Vec<Received>) -> Option<Duration> {
        let last = received.iter().filter_map(|one| one.number).max();
        // Where not one of them has a number that can be read, there is nothing by which they could be confirmed.
        if last.is_none() && !received.is_empty() {
            self.trouble += 1;
            return Some(self.growing_pause());
        }
        let next = last.map_or(self.offset, |last| last + 1);
        let updates = received.into_iter().filter_map(|one| one.update).collect();
        let Some(stuck) = take_batch(&self.door, updates).await else {
            (self.offset, self.trouble) = (next, 0);
            self.progress();
            return None;
        };
        // Those after it that were taken come again, and are recognised.
        if self.offset != stuck.number {
            (self.offset, self.trouble) = (stuck.number, 0);
        }
        self.trouble += 1;
        if self.trouble >= TRIES && revision::current(&self.door.app.db).await.is_ok() {
            self.door.apologise(&stuck.update, stuck.fault.code()).await;
            (self.offset, self.trouble) = (stuck.number + 1, 0);
            self.progress();
            return None;
        }
        Some(self.growing_pause())
    }

    /// What was fetched is taken, or is left with Telegram for a reason: `/ready` asks for that.
    fn progress(&self) {
        let app = &self.door.app;
        app.telegram.polled(app.clock.now());
    }

    async fn wait_out(&mut self, refusal: &Refusal) -> Duration {
        self.trouble += 1;
        // Another reason is news.
        if self.said.replace(refusal.sort()) != Some(refusal.sort()) {
            tracing::warn!(%refusal, "updates cannot be fetched; trying again");
        }
        match refusal {
            Refusal::SlowDown(wait) => return *wait,
            Refusal::BadToken => return TOKEN_PAUSE,
            // Perhaps a webhook is still set; if it is another program that fetches, this changes nothing.
            Refusal::Conflict => drop(self.door.client.ask(&DeleteWebhook::new()).await),
            Refusal::NoConnection => self.away = true,
            Refusal::NotNow(_) | Refusal::Unknown(_) | Refusal::Never(_) | Refusal::Forbidden | Refusal::Moved(_) => {}
        }
        self.growing_pause()
    }

    /// Half a second, one, two… up to five: somebody in danger may wait.
    fn growing_pause(&self) -> Duration {
        let doublings = self.trouble.saturating_sub(1).min(8);
        Duration::from_millis(500 << doublings).min(LONGEST_PAUSE)
    }
}

/// Takes updates, chats side by side on all processors and each chat in order; the first that is stuck, if any.
async fn take_batch(door: &Arc<Door>, updates: Vec<Value>) -> Option<Stuck> {
    let mut chats: BTreeMap<Option<i64>, Vec<Value>> = BTreeMap::new();
    for update in without_silent_parts(updates) {
        chats.entry(update::chat(&update)).or_default().push(update);
    }
    let taking = chats.into_values().map(|updates| take_in_order(Arc::clone(door), updates));
    let stuck = taking.collect::<JoinSet<_>>().join_all().await;
    stuck.into_iter().flatten().min_by_key(|stuck| stuck.number)
}

/// Without the parts of albums that have no words, where another part of the same batch has: those words are the question.
fn without_silent_parts(updates: Vec<Value>) -> Vec<Value> {
    let part = |update: &Value| {
        let SourceMessage { album, words, .. } = source(update, Words::Plain)?;
        Some(((update::chat(update), album?), words.is_some()))
    };
    let told: BTreeSet<_> =
        updates.iter().filter_map(part).filter(|(_, has_words)| *has_words).map(|(album, _)| album).collect();
    let is_silent = |update: &Value| part(update).is_some_and(|(album, words)| !words && told.contains(&album));
    updates.into_iter().filter(|update| !is_silent(update)).collect()
}

async fn take_in_order(door: Arc<Door>, updates: Vec<Value>) -> Option<Stuck> {
    for update in updates {
        if let Err(fault) = door.take(&update).await {
            let number = update::number(&update)?;
            return Some(Stuck { number, update, fault });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(chat: i64, number: i64, words: Option<&str>) -> Value {
        json!({"update_id": number, "message": {"message_id": number, "chat": {"id": chat, "type": "private"}, "photo": [],
            "media_group_id": "5", "caption": words}})
    }

    #[test]
    fn parts_of_an_album_without_words_are_passed_over_where_another_part_has_them() {
        let batch = vec![part(1, 1, None), part(1, 2, Some("kote?")), part(1, 3, None), part(2, 4, None)];
        let left: Vec<_> = without_silent_parts(batch).iter().filter_map(update::number).collect();
        assert_eq!(left, [2, 4]);
    }
}
