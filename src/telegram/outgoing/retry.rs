//! Decides what follows from Telegram's answer to a message: delivered, retry, or undelivered. Pure.
//!
//! `sendMessage` has no idempotency key. Messages that certainly did not arrive are retried soon; those that may have
//! arrived are retried a few times after long waits; the rest is set aside for operators.

use chrono::{DateTime, TimeDelta, Utc};

use super::delivery::DeliveryError;
use crate::app::{Delivery, Later, MAY_HAVE_ARRIVED, OutboxMessage, TRIED_FOR_A_DAY, Why};
use crate::telegram::client::Refusal;

/// Longest pause between attempts of a message that certainly did not arrive.
const LONGEST_PAUSE: i64 = 30;
/// How long a message that certainly did not arrive is retried.
const TRIED_FOR: TimeDelta = TimeDelta::days(1);
/// Waits in seconds after attempts with an unknown result; after the last it is undelivered. Each retry may show the
/// person one more copy.
const UNKNOWN_WAITS: [i64; 3] = [60, 300, 1800];

/// The delivery of an outbox message.
pub(in crate::telegram) fn delivery(
    outgoing: &OutboxMessage,
    sent: Result<Vec<i32>, DeliveryError>,
    now: DateTime<Utc>,
) -> Delivery {
    let discreet = outgoing.message.discreet;
    let broken = match sent {
        Ok(numbers) => {
            return match (&outgoing.retract, discreet) {
                (Some(_), _) => Delivery::Retracted,
                (None, true) => Delivery::Shown(numbers),
                (None, false) => Delivery::Delivered,
            };
        }
        Err(broken) => broken,
    };
    let DeliveryError { refusal, pieces, numbers } = broken;
    let shown = if discreet && outgoing.retract.is_none() { numbers } else { Vec::new() };
    let later = |after, why| Delivery::TryAgain(Later { after, why, pieces, shown });
    let young = now - outgoing.queued_at < TRIED_FOR;
    match refusal {
        Refusal::Forbidden => Delivery::Unreachable,
        Refusal::SlowDown(wait) if young => {
            later(TimeDelta::from_std(wait).unwrap_or(TimeDelta::seconds(LONGEST_PAUSE)), Why::TooMuch)
        }
        Refusal::NoConnection if young => later(pause(outgoing.attempts), Why::NoConnection),
        Refusal::NotNow(_) | Refusal::Conflict | Refusal::BadToken if young => {
            later(pause(outgoing.attempts), Why::NotTaken)
        }
        Refusal::Unknown(why) => match UNKNOWN_WAITS.get(outgoing.unknown_tries) {
            Some(wait) => later(TimeDelta::seconds(*wait), Why::Unknown),
            None => Delivery::Undelivered(format!("{MAY_HAVE_ARRIVED}{why}")),
        },
        Refusal::Never(_) | Refusal::Moved(_) => Delivery::Undelivered(refusal.to_string()),
        Refusal::SlowDown(_) | Refusal::NoConnection | Refusal::NotNow(_) | Refusal::Conflict | Refusal::BadToken => {
            Delivery::Undelivered(format!("{TRIED_FOR_A_DAY}{refusal}"))
        }
    }
}

/// One second, two, four… up to half a minute.
fn pause(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(16);
    TimeDelta::seconds(2_i64.pow(doublings).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::bot::citizen::Message;
    use crate::domain::people::chat::ChatKey;
    use crate::domain::text::lang::Lang;
    use crate::store::outbox::RowId;

    fn outgoing(attempts: i64, unknown_tries: usize) -> OutboxMessage {
        OutboxMessage {
            id: RowId { chat: ChatKey::from_hash("a".into()), seq: 1 },
            return_to: Value::Null,
            message: Message::new(Lang::first()),
            first: true,
            attempts,
            unknown_tries,
            pieces: 0,
            queued_at: DateTime::default(),
            retract: None,
        }
    }

    fn of(outgoing: &OutboxMessage, refusal: Refusal, age: TimeDelta) -> Delivery {
        delivery(
            outgoing,
            Err(DeliveryError { refusal, pieces: 0, numbers: Vec::new() }),
            DateTime::<Utc>::default() + age,
        )
    }

    fn after(delivery: &Delivery) -> Option<(i64, Why)> {
        match delivery {
            Delivery::TryAgain(later) => Some((later.after.num_seconds(), later.why)),
            Delivery::Delivered
            | Delivery::Shown(_)
            | Delivery::Retracted
            | Delivery::Undelivered(_)
            | Delivery::Unreachable => None,
        }
    }

    #[test]
    fn pauses_grow_up_to_half_a_minute() {
        assert_eq!([0, 1, 4, 9, 400].map(|n| pause(n).num_seconds()), [1, 2, 16, 30, 30]);
    }

    #[test]
    fn what_surely_did_not_arrive_is_tried_soon_and_for_a_day_however_often() {
        for (refusal, why) in [(Refusal::NoConnection, Why::NoConnection), (Refusal::NotNow("x"), Why::NotTaken)] {
            let young = of(&outgoing(5000, 0), refusal.clone(), TimeDelta::hours(23));
            assert_eq!(after(&young), Some((LONGEST_PAUSE, why)));
            assert!(matches!(of(&outgoing(0, 0), refusal, TimeDelta::hours(25)), Delivery::Undelivered(_)));
        }
    }

    #[test]
    fn what_may_have_arrived_is_tried_four_times_with_long_waits_and_then_put_aside() {
        let waits = [0, 1, 2, 3].map(|tries| after(&of(&outgoing(9, tries), Refusal::Unknown("x"), TimeDelta::zero())));
        let unknown = |seconds| Some((seconds, Why::Unknown));
        assert_eq!(waits, [unknown(60), unknown(300), unknown(1800), None]);
    }

    #[test]
    fn what_telegram_will_never_take_is_put_aside_at_once() {
        let delivery = of(&outgoing(0, 0), Refusal::Never("chat not found".into()), TimeDelta::zero());
        assert_eq!(delivery, Delivery::Undelivered("refused: chat not found".into()));
    }
}
