//! Long polling: updates are fetched, and asked for no more only when their turns are saved.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use teloxide::payloads::DeleteWebhook;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::client::Refusal;
use super::door::Door;
use super::update;
use crate::actions::Fault;
use crate::store::revision;

/// How long Telegram holds a request open while nothing happens, and how long we then wait for the answer.
const HOLD: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(40);
/// How many updates are fetched at once; the most that Telegram gives.
const BATCH: usize = 100;
/// The longest pause after trouble.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// After so many faults of one update, while the database is well, its person gets an apology and the others go on.
const TRIES: u32 = 4;

/// Fetches and takes updates until it is told to stop.
pub(super) async fn poll(door: Arc<Door>, mut stop: watch::Receiver<bool>) {
    let mut polling = Polling { door, offset: 0, trouble: 0 };
    while !*stop.borrow() {
        // Only waiting is cut short by a stop; turns in hand are finished.
        let fetched = tokio::select! {
            fetched = polling.fetch(HOLD) => fetched,
            _ = stop.changed() => break,
        };
        let pause = match fetched {
            Ok(updates) => polling.take(updates).await,
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
}

/// An update whose turn could not be saved.
struct Stuck {
    number: i64,
    update: Value,
    fault: Fault,
}

impl Polling {
    async fn fetch(&self, hold: Duration) -> Result<Vec<Value>, Refusal> {
        let limit = if hold.is_zero() { 1 } else { BATCH };
        let request =
            json!({"offset": self.offset, "limit": limit, "timeout": hold.as_secs(), "allowed_updates": update::KINDS});
        match self.door.client.ask_for("getUpdates", &request, PATIENCE).await? {
            Value::Array(updates) => Ok(updates),
            _ => Err(Refusal::NotNow("not an answer of the Bot API")),
        }
    }

    /// Takes a batch; how long to wait before the next, if something is stuck.
    async fn take(&mut self, updates: Vec<Value>) -> Option<Duration> {
        let next = updates.iter().filter_map(update::number).max().map_or(self.offset, |last| last + 1);
        let Some(stuck) = take_batch(&self.door, updates).await else {
            (self.offset, self.trouble) = (next, 0);
            return None;
        };
        // Those after it that were taken come again, and are recognised.
        if self.offset != stuck.number {
            (self.offset, self.trouble) = (stuck.number, 0);
        }
        self.trouble += 1;
        if self.trouble >= TRIES && revision::current(&self.door.house.db).await.is_ok() {
            self.door.apologise(&stuck.update, stuck.fault.code()).await;
            (self.offset, self.trouble) = (stuck.number + 1, 0);
            return None;
        }
        Some(self.growing_pause())
    }

    async fn wait_out(&mut self, refusal: &Refusal) -> Duration {
        self.trouble += 1;
        if self.trouble == 1 {
            tracing::warn!(%refusal, "updates cannot be fetched; trying again");
        }
        match refusal {
            Refusal::SlowDown(wait) => return *wait,
            Refusal::BadToken => return LONGEST_PAUSE,
            // Perhaps a webhook is still set; if it is another program that fetches, this changes nothing.
            Refusal::Conflict => drop(self.door.client.ask(&DeleteWebhook::new()).await),
            Refusal::NotNow(_) | Refusal::Never(_) | Refusal::Forbidden | Refusal::Moved(_) => {}
        }
        self.growing_pause()
    }

    /// Half a second, one, two… up to half a minute.
    fn growing_pause(&self) -> Duration {
        let doublings = self.trouble.saturating_sub(1).min(8);
        Duration::from_millis(500 << doublings).min(LONGEST_PAUSE)
    }
}

/// Takes updates, chats side by side on all processors and each chat in order; the first that is stuck, if any.
async fn take_batch(door: &Arc<Door>, updates: Vec<Value>) -> Option<Stuck> {
    let mut chats: BTreeMap<Option<i64>, Vec<Value>> = BTreeMap::new();
    for update in updates {
        chats.entry(update::chat(&update)).or_default().push(update);
    }
    let taking = chats.into_values().map(|updates| take_in_order(Arc::clone(door), updates));
    let stuck = taking.collect::<JoinSet<_>>().join_all().await;
    stuck.into_iter().flatten().min_by_key(|stuck| stuck.number)
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
