//! Performs a colleague's command from Telegram: the same actions as in the console, inside the turn's transaction.

use std::sync::atomic::AtomicUsize;

use super::decision::{Command, Proposal};
use crate::app::content::edit_drafts::{save_in, submit_in};
use crate::app::content::publish::{publish_in, send_back_in};
use crate::app::content::verification::verify_in;
use crate::app::inbox::announce::may_keep_group;
use crate::app::inbox::questions::apply_in;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::{note, note_account};
use crate::app::staff::rights::{Actor, actor};
use crate::domain::people::chat::ChatKey;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::store::Tx;
use crate::store::staff::{telegram_groups, telegram_links};

/// Performs the command; after a refusal the transaction must be rolled back.
pub(super) async fn perform(app: &App, tx: &mut Tx, by: Option<&Account>, command: &Command) -> Result<(), AppError> {
    if matches!(command, Command::Nothing) {
        return Ok(());
    }
    let by = &actor(tx, by.ok_or(Refusal::NoRight)?).await?;
    match command {
        Command::Nothing => {}
        Command::Link(link, code) => {
            ensure(telegram_links::take_code(tx, code).await?, Refusal::Code)?;
            telegram_links::link(tx, link).await?;
            note_account(app, tx, Some(by), AuditAction::LinkTelegram, &by.id, (None, None)).await?;
        }
        Command::Unlink => {
            telegram_links::unlink(tx, &by.id).await?;
            note_account(app, tx, Some(by), AuditAction::UnlinkTelegram, &by.id, (None, None)).await?;
        }
        Command::Verify(entry, check) => verify_in(app, tx, by, entry, check).await?,
        Command::Submit(proposal) => submit(app, tx, by, proposal).await?,
        Command::Publish(accepted, check) => {
            publish_in(app, tx, by, accepted, (check, false), &AtomicUsize::new(0)).await?;
        }
        Command::Question(stored, action) => apply_in(app, tx, by, (&stored.chat, &stored.question.id), action).await?,
        Command::SetGroup(group) => {
            ensure(may_keep_group(by)? == group.municipality, Refusal::NoRight)?;
            may_take_over(tx, by, &ChatKey::from_hash(group.chat.clone())).await?;
            telegram_groups::set(tx, group).await?;
            let place = group.municipality.as_ref().map_or("-".to_owned(), ToString::to_string);
            note(app, tx, Some(by), AuditAction::SetGroup, place, (None, None)).await?;
        }
        Command::DropGroup(chat) => {
            may_keep_group(by)?;
            may_take_over(tx, by, chat).await?;
            telegram_groups::forget(tx, chat).await?;
            note_account(app, tx, Some(by), AuditAction::DropGroup, &by.id, (None, None)).await?;
        }
        Command::SendBack(accepted, reason) => {
            ensure(!accepted.is_empty(), Refusal::Gone)?;
            send_back_in(app, tx, by, accepted, reason).await?;
        }
    }
    Ok(())
}

/// Refuses where the chat is already a staff group outside the limits of this account.
async fn may_take_over(tx: &mut Tx, by: &Actor, chat: &ChatKey) -> Result<(), AppError> {
    match telegram_groups::of_chat_in(tx, chat).await? {
        Some(group) => by.ensure(&Right::Group(group.municipality.as_ref())),
        None => Ok(()),
    }
}

async fn submit(app: &App, tx: &mut Tx, by: &Actor, proposal: &Proposal) -> Result<(), AppError> {
    let Proposal { item, body, change, seen, base } = proposal;
    by.ensure(&Right::Write(item))?;
    save_in(app, tx, by, item, body.clone(), (*change, *seen, None), base.clone()).await?;
    submit_in(app, tx, by, item).await
}
