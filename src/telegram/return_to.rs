//! The address of a reply: what Telegram needs to deliver it; stored encrypted in the outbox.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::incoming::update::Message;

/// Address of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReturnTo {
    /// The chat.
    pub chat: i64,
    /// The topic, in a group with topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<i32>,
    /// In groups: the message to reply to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<i32>,
    /// The message whose button was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressed: Option<i32>,
    /// The callback query to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

impl ReturnTo {
    /// The address for answering a message; in a group as a reply to it.
    pub fn of(message: &Message, in_group: bool) -> ReturnTo {
        ReturnTo {
            chat: message.chat.id,
            thread: message.thread.filter(|_| message.is_topic_message),
            answers: in_group.then_some(message.id),
            pressed: None,
            query: None,
        }
    }

    /// Whether it is a private chat; groups and channels have negative ids.
    pub fn is_private(&self) -> bool {
        self.chat > 0
    }

    /// The chat after it got a new id; message numbers of the old chat are not valid there.
    pub fn moved(&self, chat: i64) -> ReturnTo {
        ReturnTo { chat, answers: None, pressed: None, ..self.clone() }
    }

    /// The address for a message at a later time, without reply or query.
    pub fn later(&self) -> ReturnTo {
        ReturnTo { chat: self.chat, thread: self.thread, answers: None, pressed: None, query: None }
    }

    /// The address without the message whose button was pressed, so that nothing is edited.
    pub fn anew(&self) -> ReturnTo {
        ReturnTo { pressed: None, ..self.clone() }
    }

    /// Encodes for the outbox.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// Decodes from the outbox.
    pub fn from_value(value: &Value) -> Option<ReturnTo> {
        ReturnTo::deserialize(value).ok()
    }
}
