//! Types for the few fields of an update that are read, so that new kinds of anything else cannot make a question fail.
//!
//! teloxide's own types reject a whole message for one unknown entity; these ignore fields they do not need.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::bot::citizen::Media;

/// An event of the kinds that we request from Telegram.
#[derive(Debug)]
pub(in crate::telegram) enum Event {
    /// A new message.
    Message(Box<Message>),
    /// An edited message.
    Edited(Box<Message>),
    /// A pressed button.
    Pressed(Box<Pressed>),
    /// The bot was added or removed.
    Member(Member),
    /// Another kind, or one that cannot be decoded.
    Other,
}

/// The kinds of update requested from Telegram.
pub(in crate::telegram) const KINDS: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];

/// The update's number, if it has one.
pub(in crate::telegram) fn number(update: &Value) -> Option<i64> {
    update.get("update_id")?.as_i64()
}

/// The update's chat, if it has one.
pub(in crate::telegram) fn chat(update: &Value) -> Option<i64> {
    let part = KINDS.iter().find_map(|kind| update.get(kind))?;
    part.get("chat").or_else(|| part.get("message")?.get("chat"))?.get("id")?.as_i64()
}

/// Whether an update of a requested kind, or of no kind at all, cannot be decoded.
pub(in crate::telegram) fn is_broken(update: &Value) -> bool {
    if KINDS.iter().any(|kind| update.get(kind).is_some()) {
        return matches!(event(update), Event::Other);
    }
    update.as_object().is_none_or(|fields| fields.keys().all(|name| name == "update_id"))
}

/// Decodes the event of an update.
pub(in crate::telegram) fn event(update: &Value) -> Event {
    let part = |kind: &str| update.get(kind).filter(|part| part.is_object());
    let [message, edited, pressed, member] = KINDS.map(part);
    let event = match (message, edited, pressed, member) {
        (Some(part), _, _, _) => Message::deserialize(part).map(|message| Event::Message(Box::new(message))),
        (_, Some(part), _, _) => Message::deserialize(part).map(|message| Event::Edited(Box::new(message))),
        (_, _, Some(part), _) => Pressed::deserialize(part).map(|pressed| Event::Pressed(Box::new(pressed))),
        (_, _, _, Some(part)) => Member::deserialize(part).map(Event::Member),
        (None, None, None, None) => return Event::Other,
    };
    event.unwrap_or(Event::Other)
}

/// A message.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct Message {
    #[serde(rename = "message_id")]
    pub id: i32,
    pub chat: Chat,
    pub from: Option<User>,
    /// Set if the sender is a channel or a group, not a person.
    pub sender_chat: Option<Value>,
    #[serde(rename = "message_thread_id")]
    pub thread: Option<i32>,
    #[serde(default)]
    pub is_topic_message: bool,
    #[serde(rename = "reply_to_message")]
    pub reply_to: Option<RepliedTo>,
    /// When it was sent and when it was edited, in seconds since 1970.
    pub date: Option<i64>,
    pub edit_date: Option<i64>,
    pub text: Option<String>,
    pub caption: Option<String>,
    /// Formatting of the text; decoded only where needed.
    pub entities: Option<Value>,
    /// Id of its album.
    #[serde(rename = "media_group_id")]
    pub album: Option<String>,
    /// A rich message, with headings, lists and tables.
    #[serde(rename = "rich_message")]
    pub rich: Option<Value>,
    pub location: Option<Location>,
    #[serde(flatten)]
    pub holds: Holds,
}

impl Message {
    /// The time of its present words.
    pub fn at(&self) -> Option<i64> {
        self.edit_date.or(self.date)
    }

    /// Its words: text, caption or rich message.
    pub fn words(&self) -> Option<Cow<'_, str>> {
        let plain = self.text.as_deref().or(self.caption.as_deref()).map(Cow::Borrowed);
        plain.or_else(|| self.rich.as_ref().map(|rich| Cow::Owned(rich_words(rich).join("\n"))))
    }
}

/// The words of a rich message: all `text` fields, at any depth.
fn rich_words(part: &Value) -> Vec<&str> {
    match part {
        Value::Object(fields) => match fields.get("text") {
            Some(Value::String(words)) => vec![words],
            _ => fields.values().flat_map(rich_words).collect(),
        },
        Value::Array(parts) => {
            parts.iter().flat_map(|part| part.as_str().map_or_else(|| rich_words(part), |words| vec![words])).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// The non-text contents of a message; only their presence matters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::telegram) struct Holds {
    photo: Option<IgnoredAny>,
    live_photo: Option<IgnoredAny>,
    video: Option<IgnoredAny>,
    video_note: Option<IgnoredAny>,
    voice: Option<IgnoredAny>,
    audio: Option<IgnoredAny>,
    sticker: Option<IgnoredAny>,
    animation: Option<IgnoredAny>,
    dice: Option<IgnoredAny>,
    document: Option<IgnoredAny>,
    contact: Option<IgnoredAny>,
    poll: Option<IgnoredAny>,
    game: Option<IgnoredAny>,
    story: Option<IgnoredAny>,
    paid_media: Option<IgnoredAny>,
    checklist: Option<IgnoredAny>,
    invoice: Option<IgnoredAny>,
}

impl Holds {
    /// The kind of media; `None` for no media and for service messages (somebody joined, something was pinned).
    pub fn media(&self) -> Option<Media> {
        let any = |fields: &[&Option<IgnoredAny>]| fields.iter().any(|field| field.is_some());
        if any(&[&self.photo, &self.live_photo, &self.video, &self.video_note]) {
            Some(Media::Photo)
        } else if any(&[&self.voice, &self.audio]) {
            Some(Media::Voice)
        } else if any(&[&self.sticker, &self.animation, &self.dice]) {
            Some(Media::Sticker)
        } else if any(&[&self.document, &self.contact, &self.poll, &self.game, &self.story])
            || any(&[&self.paid_media, &self.checklist, &self.invoice])
        {
            Some(Media::Other)
        } else {
            None
        }
    }
}

/// The chat of a message.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct Chat {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: ChatKind,
}

/// Kind of chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::telegram) enum ChatKind {
    Private,
    Group,
    Supergroup,
    Channel,
    #[serde(other)]
    Unknown,
}

/// The sender; names are not read.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct User {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    pub language_code: Option<String>,
}

/// The message that this one replies to.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct RepliedTo {
    pub from: Option<User>,
    pub text: Option<String>,
}

/// A location.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct Location {
    pub latitude: f64,
    pub longitude: f64,
}

/// A pressed button.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct Pressed {
    pub id: String,
    pub from: User,
    /// The message with the button; very old ones come without content.
    pub message: Option<PressedUnder>,
    pub data: Option<String>,
}

/// The message with a pressed button.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct PressedUnder {
    #[serde(rename = "message_id")]
    pub id: i32,
    pub chat: Chat,
    #[serde(rename = "message_thread_id")]
    pub thread: Option<i32>,
    #[serde(default)]
    pub is_topic_message: bool,
}

/// A change of the bot's membership in a chat.
#[derive(Debug, Deserialize)]
pub(in crate::telegram) struct Member {
    pub chat: Chat,
    #[serde(rename = "new_chat_member")]
    now: Standing,
}

impl Member {
    /// Whether the bot was blocked or removed.
    pub fn is_out(&self) -> bool {
        matches!(&*self.now.status, "kicked" | "left")
    }
}

/// The bot's membership status.
#[derive(Debug, Deserialize)]
struct Standing {
    status: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_what_nothing_can_be_made_is_broken_and_what_was_not_asked_for_is_not() {
        let chat = json!({"id": 1, "type": "private"});
        for broken in [
            json!({"update_id": 1, "message": {"message_id": "x", "chat": chat}}),
            json!({"update_id": 1, "message": {"message_id": 1, "chat": chat, "from": "nobody"}}),
            json!({"update_id": 1, "callback_query": {}}),
            json!({"update_id": 1, "message": "x"}),
            json!({"update_id": 1}),
            json!({}),
            json!([1, 2]),
        ] {
            assert!(is_broken(&broken), "{broken}");
        }
        for whole in [
            json!({"update_id": 1, "message": {"message_id": 1, "chat": chat}}),
            json!({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 1}}}),
            json!({"update_id": 1, "poll": {"id": "1"}}),
        ] {
            assert!(!is_broken(&whole), "{whole}");
        }
    }
}
