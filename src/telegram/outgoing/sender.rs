//! The sender: claims and sends messages of the outbox, chats concurrently and each chat in order.
//!
//! Each round settles the finished deliveries and claims new messages in one transaction. A claim is a lease, renewed
//! while its message is in flight. After a crash it expires (or the restarted worker releases it), and the message may
//! be sent a second time.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::delivery::{DeliveryError, Part, deliver, take_back};
use super::outage::Outage;
use super::retry::delivery;
use crate::app::{App, Delivery, OutboxMessage, release, renew, settle_and_claim, wake};
use crate::metrics;
use crate::store::outbox::RowId;
use crate::telegram::client::{Client, Refusal};
use crate::telegram::return_to::ReturnTo;

/// Messages in flight at once. Telegram accepts about 30 a second, and this many may be sent twice if the program is
/// killed.
const SIDE_BY_SIDE: usize = 32;
/// With fewer free slots than this, waits briefly for deliveries to finish: a claim of many costs the same as of one.
const FEW_PLACES: usize = SIDE_BY_SIDE / 2;
/// That wait.
const LITTLE: Duration = Duration::from_millis(3);
/// How often the outbox is checked without a notification; other replicas do not notify this one.
const LOOK: Duration = Duration::from_secs(1);
/// Pause after a database error.
const DATABASE_PAUSE: Duration = Duration::from_secs(1);
/// How often the claim of a message in flight is renewed, well before it expires.
const RENEW: Duration = Duration::from_secs(5);
/// How long a stop waits for messages in flight.
const GRACE: Duration = Duration::from_secs(10);

/// Sends the messages of the outbox.
pub(in crate::telegram) struct Sender {
    pub app: Arc<App>,
    pub client: Client,
    /// The name that claims messages.
    pub worker: String,
}

/// Messages in flight, and deliveries not yet settled.
#[derive(Default)]
struct Round {
    sending: JoinSet<(RowId, Delivery)>,
    done: Vec<(RowId, Delivery)>,
    /// The last database access failed.
    trouble: bool,
    outage: Outage,
}

impl Round {
    fn room(&self) -> usize {
        SIDE_BY_SIDE.saturating_sub(self.sending.len())
    }

    /// Collects finished deliveries.
    fn gather(&mut self) {
        while let Some(back) = self.sending.try_join_next() {
            // A task that panicked has no delivery: its message is sent again when the claim has expired.
            self.done.extend(back.ok());
        }
    }

    /// Clears the settled deliveries; true if one of them ends an outage.
    fn settled(&mut self) -> bool {
        let mut over = false;
        for (id, delivery) in self.done.drain(..) {
            over |= self.outage.is_over(&id.chat, &delivery);
            if let Delivery::Undelivered(reason) = delivery {
                tracing::error!(
                    reason,
                    "a message was put aside; `ventanilla outbox list` shows what could not be delivered"
                );
            }
        }
        over
    }

    /// Waits briefly if few slots are free.
    async fn make_room(&mut self) {
        // After the timeout there are fewer slots, which is enough.
        let _ = timeout(LITTLE, async { while self.room() < FEW_PLACES && self.next().await {} }).await;
    }

    async fn next(&mut self) -> bool {
        let back = self.sending.join_next().await;
        let some = back.is_some();
        self.done.extend(back.and_then(Result::ok));
        some
    }
}

impl Sender {
    /// Sends until told to stop, and then what can still be sent at once.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        // A failure has been logged; the claims of the previous run then expire by themselves.
        let _ = release(&self.app, &self.worker).await;
        let (sender, mut round) = (Arc::new(self), Round::default());
        while !*stop.borrow() {
            let pause = sender.turn(&mut round).await;
            let (well, room) = (!round.trouble, round.room() > 0);
            tokio::select! {
                () = sender.app.outbox_ready.notified(), if room && well => {}
                true = round.next(), if well => {}
                () = sleep(pause) => {}
                // An error means that the sender of `stop` is gone: stop as well.
                told = stop.changed() => if told.is_err() { break },
            }
            round.gather();
            round.make_room().await;
        }
        if timeout(GRACE, sender.empty(&mut round)).await.is_err() {
            tracing::warn!("some messages were still on their way; they are sent after the next start");
        }
    }

    /// Settles deliveries and claims as many messages as there are slots; returns the wait if nothing happens. After a
    /// database error it only settles first: other replicas must settle theirs, too, before messages are claimed again.
    async fn turn(self: &Arc<Self>, round: &mut Round) -> Duration {
        let recovering = round.trouble;
        let room = if recovering { 0 } else { round.room() };
        match settle_and_claim(&self.app, &self.worker, &round.done, room).await {
            Ok(outbox_messages) => {
                round.trouble = false;
                if round.settled() {
                    // A failure has been logged; then each message waits until its own next attempt.
                    let _ = wake(&self.app).await;
                }
                for outgoing in outbox_messages {
                    let sender = Arc::clone(self);
                    round.sending.spawn(async move { sender.send(outgoing).await });
                }
                LOOK
            }
            Err(_) => {
                round.trouble = true;
                DATABASE_PAUSE
            }
        }
    }

    /// Sends until nothing is left that can be sent now.
    async fn empty(self: &Arc<Self>, round: &mut Round) {
        loop {
            let pause = self.turn(round).await;
            if round.trouble {
                sleep(pause).await;
            } else if !round.next().await {
                break;
            }
            round.gather();
        }
    }

    async fn send(&self, outgoing: OutboxMessage) -> (RowId, Delivery) {
        let sent = match ReturnTo::from_value(&outgoing.return_to) {
            Some(to) => self.deliver(&outgoing, &to).await,
            None => Err(DeliveryError::at_once(Refusal::Never("no address".into()), outgoing.pieces)),
        };
        report(&outgoing, &sent);
        let delivery = delivery(&outgoing, sent, self.app.clock.now());
        (outgoing.id, delivery)
    }

    /// Delivers, and renews the claim meanwhile: calls have a timeout, but waiting for the rate limit has none.
    async fn deliver(&self, outgoing: &OutboxMessage, to: &ReturnTo) -> Result<Vec<i32>, DeliveryError> {
        let both = async {
            // If some pieces were sent in an earlier attempt, the retraction was done then.
            if let (Some(numbers), 0) = (&outgoing.retract, outgoing.pieces) {
                let taken = take_back(&self.client, to, numbers).await;
                taken.map_err(|refusal| DeliveryError::at_once(refusal, 0))?;
            }
            // The message whose button was pressed has been deleted, so it cannot be edited.
            let to = if outgoing.retract.is_some() { &to.anew() } else { to };
            let part = Part { first: outgoing.first, pieces: outgoing.pieces };
            deliver(&self.client, &outgoing.message, to, part).await
        };
        let mut delivering = pin!(both);
        loop {
            tokio::select! {
                sent = &mut delivering => return sent,
                // A failure has been logged; the message may then be sent twice.
                () = sleep(RENEW) => drop(renew(&self.app, &self.worker, outgoing).await),
            }
        }
    }
}

fn report(outgoing: &OutboxMessage, sent: &Result<Vec<i32>, DeliveryError>) {
    let tries = outgoing.attempts + 1;
    match sent {
        Ok(_) => metrics::sent(),
        Err(DeliveryError { refusal: refusal @ Refusal::SlowDown(_), .. }) => {
            tracing::info!(%refusal, "a message waits")
        }
        Err(DeliveryError { refusal, .. }) => tracing::warn!(%refusal, tries, "a message was not sent"),
    }
}
