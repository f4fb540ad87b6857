//! Where a reply goes: what Telegram needs to deliver it, kept sealed in the outbox until then.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::incoming::update::Message;

/// Where a reply goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReturnTo {
    /// The chat.
    pub chat: i64,
    /// The topic of a group that has topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<i32>,
    /// In groups: the message that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<i32>,
    /// The message whose button was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressed: Option<i32>,
    /// The callback query that waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

impl ReturnTo {
    /// Back to a message: where several talk, as an answer to it.
    pub fn of(message: &Message, in_group: bool) -> ReturnTo {
        ReturnTo {
            chat: message.chat.id,
            thread: message.thread.filter(|_| message.is_topic_message),
            answers: in_group.then_some(message.id),
            pressed: None,
            query: None,
        }
    }

    /// Whether it is a person's own chat; groups and channels have numbers below zero.
    pub fn is_private(&self) -> bool {
        self.chat > 0
    }

    /// The same chat under its new number, where the old messages have other numbers.
    pub fn moved(&self, chat: i64) -> ReturnTo {
        ReturnTo { chat, answers: None, pressed: None, ..self.clone() }
    }

    /// How the person is written to later, when nothing is pressed or answered any more.
    pub fn later(&self) -> ReturnTo {
        ReturnTo { chat: self.chat, thread: self.thread, answers: None, pressed: None, query: None }
    }

    /// The same chat without the message whose button was pressed.
    pub fn anew(&self) -> ReturnTo {
        ReturnTo { pressed: None, ..self.clone() }
    }

    /// As it is given to the outbox.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// As it comes out of the outbox.
    pub fn from_value(value: &Value) -> Option<ReturnTo> {
        ReturnTo::deserialize(value).ok()
    }
}
