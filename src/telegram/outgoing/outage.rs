//! Outages: while Telegram is unreachable each message is retried on its own; the first delivery wakes up all others.

use crate::app::{Delivery, Why};
use crate::domain::people::chat::ChatKey;

/// Recent failures.
#[derive(Debug, Default)]
pub(in crate::telegram) struct Outage {
    /// There was no connection, whatever the message.
    no_connection: bool,
    /// Chat of the first message that was not accepted.
    first: Option<ChatKey>,
    /// Messages of other chats were not accepted either.
    several: bool,
}

impl Outage {
    /// Records a delivery; true if it ends an outage. One message that is never accepted is no outage: it must not be
    /// retried after each delivery of others.
    pub fn is_over(&mut self, chat: &ChatKey, delivery: &Delivery) -> bool {
        match delivery {
            Delivery::Delivered | Delivery::Shown(_) | Delivery::Retracted => {
                let over = self.no_connection || self.several;
                *self = Outage::default();
                over
            }
            Delivery::TryAgain(later) => {
                match later.why {
                    Why::NoConnection => self.no_connection = true,
                    Why::NotTaken => match &self.first {
                        None => self.first = Some(chat.clone()),
                        Some(first) => self.several |= first != chat,
                    },
                    Why::TooMuch | Why::Unknown => {}
                }
                false
            }
            Delivery::Undelivered(_) | Delivery::Unreachable => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::app::Later;

    fn chat(name: &str) -> ChatKey {
        ChatKey::from_hash(name.into())
    }

    fn failed(why: Why) -> Delivery {
        Delivery::TryAgain(Later { after: TimeDelta::seconds(1), why, pieces: 0, shown: Vec::new() })
    }

    /// Whether the next delivery ends an outage after these failures.
    fn ends(fates: &[(&str, Why)]) -> bool {
        let mut outage = Outage::default();
        for (name, why) in fates {
            assert!(!outage.is_over(&chat(name), &failed(*why)));
        }
        let over = outage.is_over(&chat("z"), &Delivery::Delivered);
        assert!(!outage.is_over(&chat("z"), &Delivery::Delivered), "it is over once");
        over
    }

    #[test]
    fn an_outage_ends_with_the_first_message_that_arrives_and_one_bad_message_is_none() {
        assert!(ends(&[("a", Why::NoConnection)]));
        assert!(ends(&[("a", Why::NotTaken), ("b", Why::NotTaken)]));
        for none in [Why::NotTaken, Why::TooMuch, Why::Unknown] {
            assert!(!ends(&[("a", none), ("a", none)]), "{none:?}");
        }
    }
}
