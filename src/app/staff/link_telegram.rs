//! The console's side of linking Telegram: makes link codes, unlinks, and turns reminders on or off.

use chrono::TimeDelta;

use super::audit::note_account;
use super::rights::actor;
use super::typed_code::{new_typed_code, typed_code_hash};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::Account;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::store::staff::telegram_links;

/// How long a code can be used.
pub const LINK_CODE: TimeDelta = TimeDelta::minutes(15);

/// Makes a single-use code of 80 bits (four groups of four characters). Sent from a Telegram chat, it links one's own
/// account to that chat. Replaces an earlier code.
pub async fn make_link_code(app: &App, account: &Account) -> Result<String, AppError> {
    let code = new_typed_code();
    let expires_at = (app.clock.now() + LINK_CODE).timestamp();
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, account).await?;
    telegram_links::remember_code(&mut tx, &typed_code_hash(&code), &by.id, expires_at).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::MakeTelegramCode, &by.id, (None, None)).await?;
    tx.commit().await?;
    Ok(code)
}

/// Unlinks one's own account from Telegram.
///
/// # Errors
/// Refused where it was not linked.
pub async fn unlink_telegram(app: &App, account: &Account) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, account).await?;
    ensure(telegram_links::unlink(&mut tx, &by.id).await?, Refusal::Gone)?;
    note_account(app, &mut tx, Some(&by), AuditAction::UnlinkTelegram, &by.id, (None, None)).await?;
    tx.commit().await?;
    app.staff_chats.have_changed();
    Ok(())
}

/// Turns one's own reminders on or off.
pub async fn change_reminders(app: &App, account: &Account, on: bool) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, account).await?;
    telegram_links::set_reminders(&mut tx, &by.id, on).await?;
    tx.commit().await?;
    Ok(())
}
