//! The door: takes an update and its turn; only then may the update be acknowledged.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use futures::FutureExt;
use serde_json::Value;

use super::client::Client;
use super::incoming::addressed::Myself;
use super::incoming::source_message::{Words, source};
use super::incoming::{Incoming, incoming};
use super::incoming::{staff_chat, update};
use super::outgoing::delivery::{DeliveryError, Part, answer_query, deliver};
use super::return_to::ReturnTo;
use crate::app::{
    App, Arrival, InternalError, Spoken, StaffTurnOutcome, UpdateId, explain_anonymous, forget_chat,
    take_staff_turn_of as take_staff_turn, take_turn_of,
};
use crate::bot::citizen::{TurnInput, apology, is_always_heard};
use crate::domain::people::chat;
use crate::domain::text::lang::Lang;

/// Context for taking updates.
pub(super) struct Door {
    pub app: Arc<App>,
    pub client: Client,
    /// The bot's id; update numbers are unique per bot.
    pub bot_id: i64,
    /// The bot's username, once known from Telegram.
    pub username: OnceLock<String>,
}

impl Door {
    /// Takes an update. When it returns, the update may be acknowledged.
    ///
    /// # Errors
    /// Where nothing could be saved: the update should be delivered again.
    pub async fn take(&self, update: &Value) -> Result<(), InternalError> {
        let me = self.myself();
        if let Some(to) = catch_unwind(|| staff_chat::anonymous_group(update, me)).ok().flatten() {
            let group = to.chat.to_string();
            return explain_anonymous(&self.app, &group, self.update_id(update).as_ref(), &to.to_value()).await;
        }
        match self.staff_turn(update).await? {
            StaffTurnOutcome::Taken | StaffTurnOutcome::Nothing => return Ok(()),
            StaffTurnOutcome::NotStaff => {}
        }
        match self.read(update) {
            Incoming::Nothing => Ok(()),
            Incoming::Gone(chat) => forget_chat(&self.app, chat::Door::Telegram, &chat.to_string()).await,
            Incoming::Input(turn_input, return_to) => self.turn(update, turn_input, return_to).await,
        }
    }

    /// Whether an update speaks of danger; such updates are taken even when the outbox is full.
    pub fn speaks_of_danger(&self, update: &Value) -> bool {
        match self.read(update) {
            Incoming::Input(turn_input, _) => is_always_heard(&self.app.live.now(), &turn_input.input),
            Incoming::Gone(_) | Incoming::Nothing => false,
        }
    }

    /// Sends an apology directly, not through the outbox, which may be the part that failed.
    pub async fn apologise(&self, update: &Value, code: &str) {
        if let Incoming::Input(turn_input, to) = self.read(update) {
            self.apologise_to(turn_input.proposed, &to, code).await;
        }
    }

    /// Tries a turn of staff first; all other senders get a person's turn.
    async fn staff_turn(&self, update: &Value) -> Result<StaffTurnOutcome, InternalError> {
        let me = self.myself();
        let read = catch_unwind(|| staff_chat::staff_message(update, me)).unwrap_or_else(|_| {
            InternalError::new("read a colleague's update", "panic; its place stands in the line before");
            None
        });
        let Some(staff_chat::StaffMessage { user, input, proposed, return_to }) = read else {
            return Ok(StaffTurnOutcome::NotStaff);
        };
        let home = ReturnTo { answers: None, pressed: None, query: None, ..return_to.clone() };
        let spoken = Spoken {
            address: user.to_string(),
            group: (!return_to.is_private()).then(|| return_to.chat.to_string()),
            update: self.update_id(update),
            input,
            proposed,
            return_to: return_to.to_value(),
            home: home.to_value(),
        };
        let message = source(update, Words::WithForm);
        match AssertUnwindSafe(take_staff_turn(&self.app, &spoken, message.as_ref())).catch_unwind().await {
            Ok(taken) => {
                if matches!(taken, Ok(StaffTurnOutcome::Nothing)) {
                    answer_query(&self.client, &return_to).await;
                }
                taken
            }
            Err(_) => {
                let fault =
                    InternalError::new("take a colleague's update", "panic; its place stands in the line before");
                self.apologise_to(proposed, &return_to, fault.code()).await;
                Ok(StaffTurnOutcome::Taken)
            }
        }
    }

    fn myself(&self) -> Myself<'_> {
        Myself { id: self.bot_id, username: self.username.get().map(String::as_str) }
    }

    fn update_id(&self, update: &Value) -> Option<UpdateId> {
        update::number(update).map(|number| UpdateId { source: self.bot_id.to_string(), number })
    }

    async fn turn(&self, update: &Value, turn_input: TurnInput, to: ReturnTo) -> Result<(), InternalError> {
        let proposed = turn_input.proposed;
        let arrival = Arrival {
            door: chat::Door::Telegram,
            address: to.chat.to_string(),
            update: self.update_id(update),
            turn_input,
            return_to: to.to_value(),
            later: to.is_private().then(|| to.later().to_value()),
        };
        let message = source(update, Words::Plain);
        match AssertUnwindSafe(take_turn_of(&self.app, &arrival, message.as_ref())).catch_unwind().await {
            Ok(taken) => taken.map(|_| ()),
            // A retry would panic again: apologise, and treat the update as taken.
            Err(_) => {
                let fault = InternalError::new("take an update", "panic; its place stands in the line before");
                self.apologise_to(proposed, &to, fault.code()).await;
                Ok(())
            }
        }
    }

    fn read(&self, update: &Value) -> Incoming {
        let me = self.myself();
        catch_unwind(|| incoming(update, me)).unwrap_or_else(|_| {
            InternalError::new("read an update", "panic; its place stands in the line before");
            Incoming::Nothing
        })
    }

    async fn apologise_to(&self, lang: Option<Lang>, to: &ReturnTo, code: &str) {
        let message = apology(lang.unwrap_or_else(Lang::first), code);
        let part = Part { first: true, pieces: 0 };
        if let Err(DeliveryError { refusal, .. }) = deliver(&self.client, &message, to, part).await {
            tracing::warn!(%refusal, "an apology was not sent");
        }
    }
}
