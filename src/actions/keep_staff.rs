//! Keeping accounts: an administrator changes roles and limits and ends accounts; everybody keeps their own.

use secrecy::SecretString;

use super::audit::note;
use super::house::House;
use super::invite::{name, secret_eq};
use super::password;
use super::second_factor::SecondFactor;
use super::throttle::attempt;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::lang::Lang;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Limits, Right, Role};
use crate::sealing::token_hash;
use crate::store::{Tx, accounts, sessions, staff_links};

/// Gives somebody another role and other limits.
///
/// # Errors
/// Refused where `by` may not, would give more than they have, or takes away the last administrator.
pub async fn change_role(house: &House, by: &Account, id: &str, role: Role, limits: Limits) -> Result<(), Trouble> {
    let account = theirs(house, by, id).await?;
    unless(by.limits.allow(&limits), Refusal::Wider)?;
    let was = described(&account);
    let changed = Account { role, limits, ..account };
    let mut tx = house.db.begin().await?;
    accounts::save(&mut tx, &changed).await?;
    keep_an_administrator(&mut tx).await?;
    note(house, &mut tx, Some(by), AuditAction::ChangeRole, &changed.login, (Some(was), Some(described(&changed))))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an account and its sessions.
///
/// # Errors
/// Refused where `by` may not, or it is the last administrator's.
pub async fn end_account(house: &House, by: &Account, id: &str) -> Result<(), Trouble> {
    let account = theirs(house, by, id).await?;
    let mut tx = house.db.begin().await?;
    accounts::end(&mut tx, &account.id, house.clock.now().timestamp()).await?;
    sessions::end_others(&mut tx, &account.id, "").await?;
    staff_links::unlink(&mut tx, &account.id).await?;
    keep_an_administrator(&mut tx).await?;
    note(house, &mut tx, Some(by), AuditAction::EndAccount, &account.login, (Some(described(&account)), None)).await?;
    tx.commit().await?;
    Ok(())
}

/// An account that `by` keeps: within their own limits, and not ended.
async fn theirs(house: &House, by: &Account, id: &str) -> Result<Account, Trouble> {
    unless(by.may(&Right::Staff), Refusal::NoRight)?;
    let account = accounts::find(&house.db, id).await?.filter(|account| !account.ended).ok_or(Refusal::Gone)?;
    unless(by.limits.allow(&account.limits), Refusal::NoRight)?;
    Ok(account)
}

async fn keep_an_administrator(tx: &mut Tx) -> Result<(), Trouble> {
    unless(accounts::administrators(tx).await? > 0, Refusal::LastAdministrator)
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

/// Changes one's own names and the language of the console.
///
/// # Errors
/// Refused where a name is missing or too long.
pub async fn change_names(
    house: &House,
    account: &Account,
    own_name: &str,
    shown_as: &str,
    lang: Lang,
) -> Result<(), Trouble> {
    let changed = Account { name: name(own_name)?, shown_as: name(shown_as)?, lang, ..account.clone() };
    let mut tx = house.db.begin().await?;
    accounts::save(&mut tx, &changed).await?;
    let names = |account: &Account| Some(format!("{} ({})", account.name, account.shown_as));
    note(house, &mut tx, Some(account), AuditAction::ChangeNames, &account.login, (names(account), names(&changed)))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own password, and ends all other sessions.
///
/// # Errors
/// Refused where the old password does not fit or the new one is not good.
pub async fn change_password(
    house: &House,
    account: &Account,
    token: &str,
    old: SecretString,
    (new, again): (SecretString, SecretString),
) -> Result<(), Trouble> {
    attempt(house, &account.login, "").await?;
    check_password(house, account, old).await?;
    unless(secret_eq(&new, &again), Refusal::PasswordsDiffer)?;
    password::good(&new, &account.login)?;
    let hashed = password::hash(new).await?;
    let mut tx = house.db.begin().await?;
    accounts::set_password(&mut tx, &account.id, &hashed).await?;
    sessions::end_others(&mut tx, &account.id, &token_hash(token)).await?;
    note(house, &mut tx, Some(account), AuditAction::ChangePassword, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Turns the second factor on with a code that proves the app has the secret.
///
/// # Errors
/// Refused where the code does not fit.
pub async fn second_factor_on(
    house: &House,
    account: &Account,
    factor: &SecondFactor,
    code: &str,
) -> Result<(), Trouble> {
    unless(factor.step(code, house.clock.now().timestamp()).is_some(), Refusal::Code)?;
    let mut tx = house.db.begin().await?;
    accounts::set_second(&mut tx, &account.id, Some(&factor.seal(house, account))).await?;
    note(house, &mut tx, Some(account), AuditAction::SecondFactorOn, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Turns one's own second factor off.
///
/// # Errors
/// Refused where the password does not fit.
pub async fn second_factor_off(house: &House, account: &Account, password: SecretString) -> Result<(), Trouble> {
    attempt(house, &account.login, "").await?;
    check_password(house, account, password).await?;
    let mut tx = house.db.begin().await?;
    accounts::set_second(&mut tx, &account.id, None).await?;
    note(house, &mut tx, Some(account), AuditAction::SecondFactorOff, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

async fn check_password(house: &House, account: &Account, password: SecretString) -> Result<(), Trouble> {
    let secrets = accounts::secrets(&house.db, &account.id).await?;
    let fits = password::fits(password, secrets.map(|secrets| secrets.password)).await?;
    unless(fits, Refusal::SignIn)
}

/// Ends one's own sessions but the one of this token.
///
/// # Errors
/// Where the database does not answer.
pub async fn end_sessions(house: &House, account: &Account, token: &str) -> Result<(), Trouble> {
    let mut tx = house.db.begin().await?;
    sessions::end_others(&mut tx, &account.id, &token_hash(token)).await?;
    note(house, &mut tx, Some(account), AuditAction::EndSessions, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}
