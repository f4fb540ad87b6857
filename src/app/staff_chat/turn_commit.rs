//! Commits a colleague's turn: the action, the replies and the update's number, in one transaction.

use super::command::perform;
use super::decision::{Command, Decision, NextDialogue};
use super::visit::{Spoken, StaffTurnOutcome, group_key, said_no};
use crate::app::outbox::send_to_staff::send_to_staff;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::AppError;
use crate::app::runtime::internal_error::InternalError;
use crate::app::turns::source_message::Hashed;
use crate::domain::people::chat::ChatKey;
use crate::domain::staff::account::Account;
use crate::domain::text::lang::Lang;
use crate::store::chats::updates;
use crate::store::staff::telegram_links;
use crate::store::{StoreError, Tx};

/// Performs the decision in one transaction; `None` where another replica saved the dialogue first.
pub(super) async fn write(
    app: &App,
    (spoken, message): (&Spoken, Option<&Hashed>),
    key: &ChatKey,
    (by, version): (Option<&Account>, Option<i64>),
    decision: Decision,
) -> Result<Option<StaffTurnOutcome>, InternalError> {
    match attempt_write(app, (spoken, message), key, (by, version), &decision).await {
        Ok(done) => Ok(done),
        Err(AppError::Failed(fault)) => Err(fault),
        // Nothing was done: the reply says so, and the dialogue stays as it was.
        Err(AppError::Refused(refusal)) => {
            let lang = by.map(|account| account.lang).or(spoken.proposed).unwrap_or_else(Lang::first);
            let no = said_no(lang, AppError::Refused(refusal))?;
            match attempt_write(app, (spoken, message), key, (by, version), &no).await {
                Ok(done) => Ok(done),
                Err(AppError::Failed(fault)) => Err(fault),
                Err(AppError::Refused(_)) => Err(InternalError::new("answer a colleague", "words alone were refused")),
            }
        }
    }
}

async fn attempt_write(
    app: &App,
    (spoken, message): (&Spoken, Option<&Hashed>),
    key: &ChatKey,
    (by, version): (Option<&Account>, Option<i64>),
    decision: &Decision,
) -> Result<Option<StaffTurnOutcome>, AppError> {
    let mut tx = app.db.begin().await?;
    let nothing_new = match message {
        Some(message) => message.is_nothing_new(&mut tx).await?,
        None => false,
    };
    if !is_first(app, &mut tx, spoken, message).await? || nothing_new {
        return Ok(Some(StaffTurnOutcome::Taken));
    }
    perform(app, &mut tx, by, &decision.command).await?;
    if !save_dialogue(app, &mut tx, key, version, decision).await? {
        return Ok(None);
    }
    let to = group_key(app, spoken).unwrap_or_else(|| key.clone());
    send_to_staff(app, &mut tx, &to, &spoken.return_to, &decision.messages).await?;
    tx.commit().await?;
    app.outbox_ready.notify_one();
    decision.command.ring(app);
    Ok(Some(StaffTurnOutcome::Taken))
}

/// Notes the update; false if it was noted before (idempotent).
async fn is_first(app: &App, tx: &mut Tx, spoken: &Spoken, message: Option<&Hashed>) -> Result<bool, StoreError> {
    let Some(update) = &spoken.update else { return Ok(true) };
    let day = app.day(app.clock.now());
    Ok(!updates::note(tx, &[Hashed::noted(update, message)], day).await?.is_empty())
}

/// Saves the next dialogue; false where another replica saved first. Skipped after unlinking.
async fn save_dialogue(
    app: &App,
    tx: &mut Tx,
    key: &ChatKey,
    version: Option<i64>,
    decision: &Decision,
) -> Result<bool, StoreError> {
    let (Some(version), false) = (version, matches!(decision.command, Command::Unlink)) else { return Ok(true) };
    let sealed = match &decision.next {
        NextDialogue::Stay => return Ok(true),
        NextDialogue::Begin(dialogue) => Some(dialogue.sealed(app, key)),
        NextDialogue::End => None,
    };
    let dialogue = sealed.as_ref().map(|(sealed, until)| (sealed.as_str(), *until));
    telegram_links::save_dialogue(tx, key, version, dialogue).await
}
