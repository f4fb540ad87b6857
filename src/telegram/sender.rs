//! The sender: what waits in the outbox is sent, chats side by side and each chat in order.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::client::{Client, Refusal};
use super::delivery::deliver;
use super::return_to::ReturnTo;
use crate::actions::{Fault, House, Parcel, claim, delivered, release, try_again, unreachable};

/// How many messages are on their way at once: Telegram takes some thirty a second.
const SIDE_BY_SIDE: usize = 32;
/// How often the outbox is looked through when no bell rings: another replica's bell is not heard here.
const LOOK: Duration = Duration::from_secs(1);
/// How long to wait when the database does not answer.
const DATABASE_PAUSE: Duration = Duration::from_secs(5);
/// How long one parcel may take: less than it is claimed for.
const WITHIN: Duration = Duration::from_secs(50);
/// The longest pause between two tries of a parcel.
const LONGEST_PAUSE: i64 = 300;
/// After so many tries, about a day, a parcel is dropped.
const MOST_TRIES: i64 = 300;
/// How long a stop waits for what is on its way.
const GRACE: Duration = Duration::from_secs(10);

/// Sends what waits in the outbox.
pub(super) struct Sender {
    pub house: Arc<House>,
    pub client: Client,
    /// The name under which parcels are claimed.
    pub worker: String,
}

impl Sender {
    /// Sends until it is told to stop, and then what is left to be sent at once.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        // Where it fails it has been logged, and the claims of the life before run out by themselves.
        let _ = release(&self.house, &self.worker).await;
        let sender = Arc::new(self);
        let mut sending = JoinSet::new();
        while !*stop.borrow() {
            let pause = sender.fill(&mut sending).await.map_or(DATABASE_PAUSE, |_| LOOK);
            let room = sending.len() < SIDE_BY_SIDE;
            tokio::select! {
                () = sender.house.bell.notified(), if room => {}
                Some(_) = sending.join_next() => {}
                () = sleep(pause) => {}
                // An error means that nobody can say stop any more, which is as good as being told.
                told = stop.changed() => if told.is_err() { break },
            }
            while sending.try_join_next().is_some() {}
        }
        if timeout(GRACE, sender.empty(&mut sending)).await.is_err() {
            tracing::warn!("some messages were still on their way; they are sent after the next start");
        }
    }

    /// Claims as many parcels as there is room for, and sends them; how many there were.
    async fn fill(self: &Arc<Self>, sending: &mut JoinSet<()>) -> Result<usize, Fault> {
        let room = SIDE_BY_SIDE.saturating_sub(sending.len());
        if room == 0 {
            return Ok(0);
        }
        let parcels = claim(&self.house, &self.worker, room as i64).await?;
        let claimed = parcels.len();
        for parcel in parcels {
            let sender = Arc::clone(self);
            sending.spawn(async move { sender.send(parcel).await });
        }
        Ok(claimed)
    }

    /// Sends until nothing is left that can be sent now.
    async fn empty(self: &Arc<Self>, sending: &mut JoinSet<()>) {
        while !sending.is_empty() || matches!(self.fill(sending).await, Ok(1..)) {
            sending.join_next().await;
        }
    }

    async fn send(&self, parcel: Parcel) {
        let sent = match ReturnTo::from_value(&parcel.return_to) {
            Some(to) => timeout(WITHIN, deliver(&self.client, &parcel.message, &to, parcel.first)).await,
            None => Ok(Err(Refusal::Never("no address".into()))),
        };
        let sent = sent.unwrap_or(Err(Refusal::NotNow("no answer in time")));
        // Where it fails it has been logged, and the parcel comes again when its claim has run out.
        let _ = self.settle(&parcel, sent).await;
    }

    async fn settle(&self, parcel: &Parcel, sent: Result<(), Refusal>) -> Result<(), Fault> {
        let refusal = match sent {
            Ok(()) => return delivered(&self.house, parcel).await,
            Err(refusal) => refusal,
        };
        match refusal {
            Refusal::Forbidden => unreachable(&self.house, parcel).await,
            Refusal::SlowDown(wait) if parcel.attempts < MOST_TRIES => {
                tracing::info!(%refusal, "a message waits");
                let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::seconds(LONGEST_PAUSE));
                try_again(&self.house, parcel, wait).await
            }
            Refusal::NotNow(_) | Refusal::Conflict | Refusal::BadToken if parcel.attempts < MOST_TRIES => {
                tracing::warn!(%refusal, tries = parcel.attempts + 1, "a message could not be sent; it is tried again");
                try_again(&self.house, parcel, pause(parcel.attempts)).await
            }
            Refusal::Never(_) | Refusal::Moved(_) | Refusal::SlowDown(_) => self.drop(parcel, &refusal).await,
            Refusal::NotNow(_) | Refusal::Conflict | Refusal::BadToken => self.drop(parcel, &refusal).await,
        }
    }

    async fn drop(&self, parcel: &Parcel, refusal: &Refusal) -> Result<(), Fault> {
        tracing::error!(%refusal, tries = parcel.attempts + 1, "a message was dropped");
        delivered(&self.house, parcel).await
    }
}

/// One second, two, four… up to five minutes.
fn pause(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(16);
    TimeDelta::seconds(2_i64.pow(doublings).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_five_minutes() {
        assert_eq!([0, 1, 5, 9, 400].map(|n| pause(n).num_seconds()), [1, 2, 32, 300, 300]);
    }
}
