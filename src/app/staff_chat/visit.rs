//! The context of a colleague's turn: the account, the dialogue, and the chat or group it came from.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::decision::Decision;
use super::dialogue::Dialogue;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, refusal_in_words};
use crate::app::runtime::internal_error::InternalError;
use crate::app::turns::arrival::UpdateId;
use crate::bot::citizen::StaffInput;
use crate::bot::message::Message;
use crate::domain::people::chat::{ChatKey, Door};
use crate::domain::staff::account::Account;
use crate::domain::text::lang::Lang;

/// A message from Telegram that may be a colleague's.
#[derive(Debug)]
pub struct Spoken {
    /// Telegram's number of the person, which is also that of their own chat.
    pub address: String,
    /// Number of the group; `None` in the person's own chat.
    pub group: Option<String>,
    /// The update's number.
    pub update: Option<UpdateId>,
    /// The input.
    pub input: StaffInput,
    /// Language of the person's Telegram app, if supported.
    pub proposed: Option<Lang>,
    /// Address for the replies; encrypted in the outbox.
    pub return_to: Value,
    /// Address for messages at a later time; encrypted with the link.
    pub home: Value,
}

/// Whether the message was a colleague's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffTurnOutcome {
    /// It was: the replies are in the outbox.
    Taken,
    /// It was not: answer it like any person's message.
    NotStaff,
    /// It was input for staff only, sent by somebody else: do not answer.
    Nothing,
}

/// Context of a colleague's turn.
pub(super) struct Visit<'a> {
    pub app: &'a App,
    pub account: Account,
    /// Language of their console.
    pub lang: Lang,
    /// The dialogue under way.
    pub dialogue: Option<Dialogue>,
    /// The group it came from, and its address.
    pub group: Option<(ChatKey, Value)>,
    /// Number of the message.
    pub message: Option<i64>,
    pub now: DateTime<Utc>,
}

/// The key of the group that the message came from.
pub(super) fn group_key(app: &App, spoken: &Spoken) -> Option<ChatKey> {
    spoken.group.as_ref().map(|group| app.encryption.chat_key(Door::Telegram, group).staff())
}

/// A refusal becomes a reply; an internal error is returned.
pub(super) fn said_no(lang: Lang, trouble: AppError) -> Result<Decision, InternalError> {
    match trouble {
        AppError::Refused(refusal) => Ok(Decision::say(Message::new(lang).line(refusal_in_words(lang, &refusal)))),
        AppError::Failed(fault) => Err(fault),
    }
}
