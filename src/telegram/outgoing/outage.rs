//! An outage: while Telegram cannot be reached every message waits for its own time, and the first that arrives ends that for all.

use crate::app::{Delivery, Why};
use crate::domain::people::chat::ChatKey;

/// What of late has not arrived.
#[derive(Debug, Default)]
pub(in crate::telegram) struct Outage {
    /// There was no connection, which has nothing to do with any one message.
    no_connection: bool,
    /// The chat of the first message that was not taken.
    first: Option<ChatKey>,
    /// Messages of other chats were not taken either.
    several: bool,
}

impl Outage {
    /// Notes what became of a message; whether an outage is over with it. A server that takes all messages but one is well:
    /// that one must not be tried again after each of the others.
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

    /// Whether the next message that arrives ends an outage after these.
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
