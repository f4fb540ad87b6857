//! The sender: what waits in the outbox is sent, chats side by side and each chat in order.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::delivery::{DeliveryError, Part, deliver, take_back};
use super::outage::Outage;
use super::outcome::delivery;
use crate::app::{App, Delivery, OutboxMessage, release, renew, settle_and_claim, wake};
use crate::metrics;
use crate::store::outbox::RowId;
use crate::telegram::client::{Client, Refusal};
use crate::telegram::return_to::ReturnTo;

/// How many messages are on their way at once: Telegram takes some thirty a second, and so many may come twice where the
/// program is killed.
const SIDE_BY_SIDE: usize = 32;
/// With fewer free places than these, what is coming back is waited for a little: a claim costs the same for many as for one.
const FEW_PLACES: usize = SIDE_BY_SIDE / 2;
/// How long it is waited for.
const LITTLE: Duration = Duration::from_millis(3);
/// How often the outbox is looked through when no bell rings: another replica's bell is not heard here.
const LOOK: Duration = Duration::from_secs(1);
/// How long to wait when the database does not answer.
const DATABASE_PAUSE: Duration = Duration::from_secs(1);
/// How often the claim of a parcel on its way is renewed: well before it runs out.
const RENEW: Duration = Duration::from_secs(5);
/// How long a stop waits for what is on its way.
const GRACE: Duration = Duration::from_secs(10);

/// Sends what waits in the outbox.
pub(in crate::telegram) struct Sender {
    pub app: Arc<App>,
    pub client: Client,
    /// The name under which parcels are claimed.
    pub worker: String,
}

/// What is on its way, and what has come back and is not yet handed in.
#[derive(Default)]
struct Round {
    sending: JoinSet<(RowId, Delivery)>,
    done: Vec<(RowId, Delivery)>,
    /// The database did not answer the last time.
    trouble: bool,
    outage: Outage,
}

impl Round {
    fn room(&self) -> usize {
        SIDE_BY_SIDE.saturating_sub(self.sending.len())
    }

    /// Takes what has come back meanwhile.
    fn gather(&mut self) {
        while let Some(back) = self.sending.try_join_next() {
            // One that broke down has no fate: it comes again when its claim has run out.
            self.done.extend(back.ok());
        }
    }

    /// What has come back is handed in; whether that ends an outage.
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

    /// Waits a little where few places are free.
    async fn make_room(&mut self) {
        // Where the time is up there is less room, and that will do.
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
    /// Sends until it is told to stop, and then what is left to be sent at once.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        // Where it fails it has been logged, and the claims of the life before run out by themselves.
        let _ = release(&self.app, &self.worker).await;
        let (sender, mut round) = (Arc::new(self), Round::default());
        while !*stop.borrow() {
            let pause = sender.turn(&mut round).await;
            let (well, room) = (!round.trouble, round.room() > 0);
            tokio::select! {
                () = sender.app.outbox_ready.notified(), if room && well => {}
                true = round.next(), if well => {}
                () = sleep(pause) => {}
                // An error means that nobody can say stop any more, which is as good as being told.
                told = stop.changed() => if told.is_err() { break },
            }
            round.gather();
            round.make_room().await;
        }
        if timeout(GRACE, sender.empty(&mut round)).await.is_err() {
            tracing::warn!("some messages were still on their way; they are sent after the next start");
        }
    }

    /// Hands in what has come back, and sends as much as there is room for; how long to wait where nothing happens.
    /// After trouble the database is first given what has arrived: other replicas do the same, and only then claim.
    async fn turn(self: &Arc<Self>, round: &mut Round) -> Duration {
        let recovering = round.trouble;
        let room = if recovering { 0 } else { round.room() };
        match settle_and_claim(&self.app, &self.worker, &round.done, room).await {
            Ok(outbox_messages) => {
                round.trouble = false;
                if round.settled() {
                    // Where it fails it has been logged, and everything waits for its own time.
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

    /// Delivers, and keeps the claim for as long as that takes: each call has a time limit of its own, and waiting for our own
    /// pace has none.
    async fn deliver(&self, outgoing: &OutboxMessage, to: &ReturnTo) -> Result<Vec<i32>, DeliveryError> {
        let both = async {
            // What was sent in part has taken back what it should.
            if let (Some(numbers), 0) = (&outgoing.retract, outgoing.pieces) {
                let taken = take_back(&self.client, to, numbers).await;
                taken.map_err(|refusal| DeliveryError::at_once(refusal, 0))?;
            }
            // The message whose button was pressed is gone, so nothing can take its place.
            let to = if outgoing.retract.is_some() { &to.anew() } else { to };
            let part = Part { first: outgoing.first, pieces: outgoing.pieces };
            deliver(&self.client, &outgoing.message, to, part).await
        };
        let mut delivering = pin!(both);
        loop {
            tokio::select! {
                sent = &mut delivering => return sent,
                // Where it fails it has been logged; the message may then be sent twice.
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
