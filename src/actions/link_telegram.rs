//! The console's side of a colleague's Telegram: a code to link it, unlinking, and whether reminders come.

use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;

use super::at_desk::code_hash;
use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Account;
use crate::sealing::new_bytes;
use crate::store::staff_links;

/// How long a code can be used.
pub const LINK_CODE: TimeDelta = TimeDelta::minutes(15);

/// A code of eighty bits that links one's own account to the Telegram chat from which it is sent; it works once, and one made
/// before is good no more. Four groups of four signs.
///
/// # Errors
/// Where the database does not answer.
pub async fn make_link_code(house: &House, account: &Account) -> Result<String, Trouble> {
    let signs = BASE32_NOPAD.encode(&new_bytes::<10>());
    let groups: Vec<&str> = (0..4).filter_map(|place| signs.get(place * 4..place * 4 + 4)).collect();
    let code = groups.join("-");
    let expires_at = (house.clock.now() + LINK_CODE).timestamp();
    let mut tx = house.db.begin().await?;
    staff_links::keep_code(&mut tx, &code_hash(&code), &account.id, expires_at).await?;
    note(house, &mut tx, Some(account), AuditAction::MakeTelegramCode, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(code)
}

/// Unlinks one's own account from Telegram.
///
/// # Errors
/// Refused where it was not linked.
pub async fn unlink_telegram(house: &House, account: &Account) -> Result<(), Trouble> {
    let mut tx = house.db.begin().await?;
    unless(staff_links::unlink(&mut tx, &account.id).await?, Refusal::Gone)?;
    note(house, &mut tx, Some(account), AuditAction::UnlinkTelegram, &account.login, (None, None)).await?;
    tx.commit().await?;
    house.desks.have_changed();
    Ok(())
}

/// Turns one's own reminders on or off.
///
/// # Errors
/// Where the database does not answer.
pub async fn change_reminders(house: &House, account: &Account, on: bool) -> Result<(), Trouble> {
    let mut tx = house.db.begin().await?;
    staff_links::set_reminders(&mut tx, &account.id, on).await?;
    tx.commit().await?;
    Ok(())
}
