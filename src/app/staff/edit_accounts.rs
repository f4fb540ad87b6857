//! Changes accounts: administrators change roles and limits and end accounts; staff change their own name and password.

use secrecy::SecretString;

use super::audit::note_account;
use super::invite::{name, secret_eq};
use super::password::{self, Place};
use super::rights::{Actor, actor, actor_alone, actor_and};
use super::throttle::{Try, attempt};
use crate::app::inbox::announce::may_keep_group;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::{Account, Limits, Right, Role};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::encryption::token_hash;
use crate::store::Tx;
use crate::store::staff::{
    accounts, invitations, password_links, second_factors, sessions, telegram_groups, telegram_links,
};

/// Changes an account's role and limits.
///
/// # Errors
/// Refused where `by` may not, nothing differs, would give more than they have, or takes away the last administrator.
pub async fn change_role(app: &App, by: &Account, id: &str, role: Role, limits: Limits) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    ensure(by.may(&Right::Account(&limits)), Refusal::Wider)?;
    ensure((account.role, &account.limits) != (role, &limits), Refusal::NothingDiffers)?;
    let was = described(&account);
    let changed = Account { role, limits, ..account };
    accounts::set_role(&mut tx, &changed.id, changed.role, &changed.limits).await?;
    keep_an_administrator(&mut tx).await?;
    drop_links(app, &mut tx, &changed).await?;
    let keeps = may_keep_group(&changed).ok();
    telegram_groups::drop_of(&mut tx, &changed.id, keeps.as_ref().map(Option::as_ref)).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::ChangeRole, &changed.id, (Some(was), Some(described(&changed))))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an account and its sessions.
///
/// # Errors
/// Refused where `by` may not, or it is the last administrator's.
pub async fn end_account(app: &App, by: &Account, id: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    accounts::end(&mut tx, &account.id, app.clock.now().timestamp()).await?;
    sessions::end_others(&mut tx, &account.id, "").await?;
    telegram_links::unlink(&mut tx, &account.id).await?;
    telegram_groups::drop_of(&mut tx, &account.id, None).await?;
    invitations::drop_of(&mut tx, &account.id).await?;
    password_links::drop_made_by(&mut tx, &account.id).await?;
    password_links::drop_for(&mut tx, &account.id).await?;
    second_factors::drop_codes(&mut tx, &account.id).await?;
    keep_an_administrator(&mut tx).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::EndAccount, &account.id, (Some(described(&account)), None))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// An account that `by` may edit: within their own limits, and not ended. Locks both rows.
pub(in crate::app) async fn theirs(tx: &mut Tx, by: &Account, id: &str) -> Result<(Actor, Account), AppError> {
    let (by, account) = actor_and(tx, by, id).await?;
    let by = by.ok_or(Refusal::NoRight)?;
    by.ensure(&Right::Staff)?;
    let account = account.ok_or(Refusal::Gone)?;
    by.ensure(&Right::Account(&account.limits))?;
    Ok((by, account))
}

/// Deletes the account's password links, and the invitations it may no longer give.
async fn drop_links(app: &App, tx: &mut Tx, account: &Account) -> Result<(), AppError> {
    // All password links, even those it could still make: they are easy to make again.
    password_links::drop_made_by(tx, &account.id).await?;
    if !account.may(&Right::Staff) {
        return Ok(invitations::drop_of(tx, &account.id).await?);
    }
    let open = invitations::list(&app.db, app.clock.now().timestamp()).await?;
    let given = open.iter().filter(|invitation| invitation.account.as_ref() == Some(&account.id));
    for invitation in given.filter(|invitation| !account.may(&Right::Account(&invitation.limits))) {
        invitations::take(tx, &invitation.hash).await?;
    }
    Ok(())
}

async fn keep_an_administrator(tx: &mut Tx) -> Result<(), AppError> {
    ensure(accounts::administrators(tx).await? > 0, Refusal::LastAdministrator)
}

fn described(account: &Account) -> String {
    let limits = &account.limits;
    let municipality = limits.municipality.iter().map(ToString::to_string);
    let langs = limits.langs.iter().map(ToString::to_string);
    let topics = limits.topics.iter().map(ToString::to_string);
    let parts: Vec<String> = municipality.chain(langs).chain(topics).collect();
    if parts.is_empty() {
        account.role.name().to_owned()
    } else {
        format!("{} ({})", account.role.name(), parts.join(", "))
    }
}

/// Changes the name that people see beside answers this account has verified.
///
/// # Errors
/// Refused where `by` may not, nothing differs, or the name is missing or too long.
pub async fn change_shown_as(app: &App, by: &Account, id: &str, shown_as: &str) -> Result<(), AppError> {
    let shown_as = name(shown_as)?;
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    ensure(account.shown_as != shown_as, Refusal::NothingDiffers)?;
    accounts::set_shown_as(&mut tx, &account.id, &shown_as).await?;
    let change = (Some(account.shown_as), Some(shown_as));
    note_account(app, &mut tx, Some(&by), AuditAction::ChangeShownAs, &account.id, change).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own name for colleagues and the language of the console.
///
/// # Errors
/// Refused where a name is missing or too long, or nothing differs.
pub async fn change_names(app: &App, account: &Account, own_name: &str, lang: Lang) -> Result<(), AppError> {
    let new = name(own_name)?;
    let mut tx = app.db.begin().await?;
    let by = actor_alone(&mut tx, account).await?;
    ensure((&by.name, by.lang) != (&new, lang), Refusal::NothingDiffers)?;
    accounts::set_name(&mut tx, &by.id, &new, lang).await?;
    let change = (Some(by.name.clone()), Some(new));
    note_account(app, &mut tx, Some(&by), AuditAction::ChangeNames, &by.id, change).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own password, and ends all other sessions.
///
/// # Errors
/// Refused where the old password is wrong or the new one is too weak.
pub async fn change_password(
    app: &App,
    account: &Account,
    token: &str,
    old: SecretString,
    (new, again): (SecretString, SecretString),
) -> Result<(), AppError> {
    let place = app.hashing.place()?;
    attempt(app, Try::Proof(&account.id)).await?;
    let was = checked_password(app, &place, account, old).await?;
    ensure(secret_eq(&new, &again), Refusal::PasswordsDiffer)?;
    password::good(&new, &account.login)?;
    let hashed = password::hash(&place, new).await?;
    let mut tx = app.db.begin().await?;
    let by = actor_alone(&mut tx, account).await?;
    ensure(accounts::set_password(&mut tx, &account.id, &was, &hashed).await?, Refusal::SignIn)?;
    password_links::drop_for(&mut tx, &account.id).await?;
    sessions::end_others(&mut tx, &account.id, &token_hash(token)).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::ChangePassword, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks the password and returns its hash, which the transaction compares with the row again.
async fn checked_password(
    app: &App,
    place: &Place,
    account: &Account,
    password: SecretString,
) -> Result<String, AppError> {
    let hash = accounts::secrets(&app.db, &account.id).await?.map(|secrets| secrets.password);
    let fits = password::fits(place, password, hash.clone()).await?;
    Ok(hash.filter(|_| fits).ok_or(Refusal::SignIn)?)
}

/// Ends all of one's own sessions except the one with this token.
pub async fn end_sessions(app: &App, account: &Account, token: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, account).await?;
    sessions::end_others(&mut tx, &account.id, &token_hash(token)).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::EndSessions, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}
