//! A colleague's turn in the making: who it is, what they are being asked, and where it was said.

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

/// Something that may be a colleague's.
#[derive(Debug)]
pub struct Spoken {
    /// The number of the person, which is that of their own chat.
    pub address: String,
    /// The number of the group in which it was said; nothing in a person's own chat.
    pub group: Option<String>,
    /// The update's number.
    pub update: Option<UpdateId>,
    /// What was said.
    pub input: StaffInput,
    /// The language of the person's own Telegram, if we speak it.
    pub proposed: Option<Lang>,
    /// What the door needs to deliver the replies; sealed in the outbox.
    pub return_to: Value,
    /// What the door needs to deliver a message at another time; sealed with the link.
    pub home: Value,
}

/// Whether it was a colleague's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffTurnOutcome {
    /// It is dealt with: the replies are in the outbox.
    Taken,
    /// It is not: whoever it is, they are answered as people are.
    NotStaff,
    /// It is for staff alone, and whoever it was is none: they get nothing.
    Nothing,
}

/// A colleague's turn in the making.
pub(super) struct Visit<'a> {
    pub app: &'a App,
    pub account: Account,
    /// The language of their console.
    pub lang: Lang,
    /// What they are being asked.
    pub dialogue: Option<Dialogue>,
    /// The group in which it was said, and how it is reached.
    pub group: Option<(ChatKey, Value)>,
    /// The number of the message in which it was said.
    pub message: Option<i64>,
    pub now: DateTime<Utc>,
}

/// The key of the group in which it was said.
pub(super) fn group_key(app: &App, spoken: &Spoken) -> Option<ChatKey> {
    spoken.group.as_ref().map(|group| app.encryption.chat_key(Door::Telegram, group).staff())
}

/// A refusal in words; a failure is ours.
pub(super) fn said_no(lang: Lang, trouble: AppError) -> Result<Decision, InternalError> {
    match trouble {
        AppError::Refused(refusal) => Ok(Decision::say(Message::new(lang).line(refusal_in_words(lang, &refusal)))),
        AppError::Failed(fault) => Err(fault),
    }
}
