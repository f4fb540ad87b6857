//! Long polling: fetches updates, and asks for the next ones only when the turns of these are saved.

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

/// How long Telegram holds an idle request open, and our timeout for it.
const HOLD: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(40);
/// Updates fetched at once; Telegram's maximum.
const BATCH: usize = 100;
/// Longest pause after errors.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Pause after Telegram refused the token, which an operator must correct.
const TOKEN_PAUSE: Duration = Duration::from_secs(30);
/// Pause while the outbox is full.
const ROOM: Duration = Duration::from_secs(1);
/// After this many errors of one update, while the database works, its person gets an apology and polling continues.
const TRIES: u32 = 4;

/// Fetches and takes updates until told to stop.
pub(super) async fn poll(door: Arc<Door>, mut stop: watch::Receiver<bool>) {
    let mut polling = Polling { door, offset: 0, failures: 0, stuck: Attempts::default(), said: None, away: false };
    while !*stop.borrow() {
        // Backpressure: updates that are not fetched stay with Telegram for a day.
        if is_full(&polling.door.app).await {
            polling.progress();
            tokio::select! { () = sleep(ROOM) => {}, _ = stop.changed() => {} }
            continue;
        }
        // A stop interrupts only the waiting; turns in progress are finished.
        let fetched = tokio::select! {
            fetched = polling.fetch(HOLD) => fetched,
            _ = stop.changed() => break,
        };
        let pause = match fetched {
            Ok(updates) => {
                polling.said = None;
                if std::mem::take(&mut polling.away) {
                    // A failure has been logged; then each message waits until its own next attempt.
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
    // Acknowledges the last updates. If this fails they come again, and are recognised (idempotent).
    let _ = polling.fetch(Duration::ZERO).await;
}

struct Polling {
    door: Arc<Door>,
    /// Number of the next update to fetch.
    offset: i64,
    /// Consecutive failures to fetch, or to take a batch.
    failures: u32,
    stuck: Attempts,
    /// The reason that was logged last for failing to fetch.
    said: Option<&'static str>,
    /// Whether the last fetch had no connection.
    away: bool,
}

/// How often the same update could not be taken. Failed fetches do not count: they say nothing about an update.
#[derive(Default)]
struct Attempts {
    number: Option<i64>,
    count: u32,
}

impl Attempts {
    /// Counts one more failure of this update; returns how many there are.
    fn failed(&mut self, number: i64) -> u32 {
        if self.number != Some(number) {
            *self = Attempts { number: Some(number), count: 0 };
        }
        self.count += 1;
        self.count
    }
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

    /// Takes a batch; returns a pause if an update is stuck.
    async fn take(&mut self, received: Vec<Received>) -> Option<Duration> {
        let last = received.iter().filter_map(|one| one.number).max();
        // If no update has a readable number, the batch cannot be acknowledged.
        if last.is_none() && !received.is_empty() {
            self.failures += 1;
            return Some(self.growing_pause());
        }
        let next = last.map_or(self.offset, |last| last + 1);
        let updates = received.into_iter().filter_map(|one| one.update).collect();
        let Some(stuck) = take_batch(&self.door, updates).await else {
            (self.offset, self.failures) = (next, 0);
            self.progress();
            return None;
        };
        // Later updates that were taken come again, and are recognised.
        // Progress up to the stuck update: the next attempt comes soon.
        if self.offset != stuck.number {
            (self.offset, self.failures) = (stuck.number, 0);
        }
        self.failures += 1;
        if self.stuck.failed(stuck.number) >= TRIES && revision::current(&self.door.app.db).await.is_ok() {
            self.door.apologise(&stuck.update, stuck.fault.code()).await;
            (self.offset, self.failures) = (stuck.number + 1, 0);
            self.progress();
            return None;
        }
        Some(self.growing_pause())
    }

    /// Records progress for `/ready`: updates were taken, or left with Telegram on purpose.
    fn progress(&self) {
        let app = &self.door.app;
        app.telegram.polled(app.clock.now());
    }

    async fn wait_out(&mut self, refusal: &Refusal) -> Duration {
        self.failures += 1;
        // Log only when the reason changes.
        if self.said.replace(refusal.sort()) != Some(refusal.sort()) {
            tracing::warn!(%refusal, "updates cannot be fetched; trying again");
        }
        match refusal {
            Refusal::SlowDown(wait) => return *wait,
            Refusal::BadToken => return TOKEN_PAUSE,
            // A webhook may still be set. If another program polls, this has no effect.
            Refusal::Conflict => drop(self.door.client.ask(&DeleteWebhook::new()).await),
            Refusal::NoConnection => self.away = true,
            Refusal::NotNow(_) | Refusal::Unknown(_) | Refusal::Never(_) | Refusal::Forbidden | Refusal::Moved(_) => {}
        }
        self.growing_pause()
    }

    /// Half a second, one, two… up to five: a message about danger may be waiting.
    fn growing_pause(&self) -> Duration {
        let doublings = self.failures.saturating_sub(1).min(8);
        Duration::from_millis(500 << doublings).min(LONGEST_PAUSE)
    }
}

/// Takes updates, chats concurrently and each chat in order; returns the first stuck update, if any.
async fn take_batch(door: &Arc<Door>, updates: Vec<Value>) -> Option<Stuck> {
    let mut chats: BTreeMap<Option<i64>, Vec<Value>> = BTreeMap::new();
    for update in without_silent_parts(updates) {
        chats.entry(update::chat(&update)).or_default().push(update);
    }
    let taking = chats.into_values().map(|updates| take_in_order(Arc::clone(door), updates));
    let stuck = taking.collect::<JoinSet<_>>().join_all().await;
    stuck.into_iter().flatten().min_by_key(|stuck| stuck.number)
}

/// Drops album parts without words if another part of the album in this batch has words: those are the question.
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
            // Without a readable number it cannot come again; the next ones of the chat can.
            let Some(number) = update::number(&update) else { continue };
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
    fn failures_are_counted_for_each_update_by_itself() {
        let mut stuck = Attempts::default();
        assert_eq!([5, 5, 5, 6, 5].map(|number| stuck.failed(number)), [1, 2, 3, 1, 1]);
    }

    #[test]
    fn parts_of_an_album_without_words_are_passed_over_where_another_part_has_them() {
        let batch = vec![part(1, 1, None), part(1, 2, Some("kote?")), part(1, 3, None), part(2, 4, None)];
        let left: Vec<_> = without_silent_parts(batch).iter().filter_map(update::number).collect();
        assert_eq!(left, [2, 4]);
    }
}
