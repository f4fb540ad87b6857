//! Restores access to an account: links for new passwords, and turning off a lost second factor. Both are done by an
//! administrator or from the command line.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use super::audit::{note_account, note_account_at};
use super::edit_accounts::theirs;
use super::invite::secret_eq;
use super::password;
use super::rights::{actor_alone, actor_and};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::encryption::{new_token, token_hash};
use crate::store::staff::audit::{self, Line};
use crate::store::staff::password_links::{self, PasswordLink};
use crate::store::staff::{accounts, second_factors, sessions};
use crate::store::{Db, StoreError, Tx};

/// How long a link for a new password can be used.
pub const NEW_PASSWORD: TimeDelta = TimeDelta::hours(24);

/// How long the owner is shown what others did to their account.
const NEWS: TimeDelta = TimeDelta::days(90);
/// Most lines of that shown.
const MOST_NEWS: i64 = 5;

/// Makes a link by which a colleague chooses a new password, and returns its token. Replaces an earlier link.
///
/// # Errors
/// Refused where `by` may not edit that account, or it is their own.
pub async fn make_password_link(app: &App, by: &Account, id: &str) -> Result<String, AppError> {
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    ensure(by.id != account.id, Refusal::OwnAccount)?;
    let token = put_link(&mut tx, app.clock.now(), Some(&by.id), &account.id).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::MakePasswordLink, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Like `make_password_link` from the command line; `None` where no account has this sign-in name.
pub async fn password_link_of(db: &Db, now: DateTime<Utc>, login: &str) -> Result<Option<String>, StoreError> {
    let Some(account) = accounts::by_login(db, login).await? else { return Ok(None) };
    let mut tx = db.begin().await?;
    let token = put_link(&mut tx, now, None, &account.id).await?;
    note_account_at(now, &mut tx, None, AuditAction::MakePasswordLink, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(Some(token))
}

async fn put_link(tx: &mut Tx, now: DateTime<Utc>, made_by: Option<&str>, account: &str) -> Result<String, StoreError> {
    let token = new_token();
    let link = PasswordLink {
        hash: token_hash(&token),
        account: account.to_owned(),
        made_by: made_by.map(str::to_owned),
        expires_at: (now + NEW_PASSWORD).timestamp(),
    };
    password_links::put(tx, &link).await?;
    Ok(token)
}

/// The account of this password link; `None` if used, expired, or its maker may no longer make it.
pub async fn password_link(app: &App, token: &str) -> Result<Option<Account>, AppError> {
    Ok(found(app, token).await?.map(|(_, _, account)| account))
}

/// The link, its maker (`None` for the command line) and the account.
async fn found(app: &App, token: &str) -> Result<Option<(PasswordLink, Option<Account>, Account)>, StoreError> {
    let now = app.clock.now().timestamp();
    let Some(link) = password_links::find(&app.db, &token_hash(token), now).await? else { return Ok(None) };
    let maker = match &link.made_by {
        Some(id) => accounts::find(&app.db, id).await?,
        None => None,
    };
    let account = accounts::find(&app.db, &link.account).await?;
    Ok(account.filter(|account| may_make(&link, maker.as_ref(), account)).map(|account| (link, maker, account)))
}

/// Whether the maker of the link may still make it.
fn may_make(link: &PasswordLink, maker: Option<&Account>, account: &Account) -> bool {
    let may = match maker {
        Some(maker) => maker.may(&Right::Account(&account.limits)),
        // Made on the command line: access to the machine is enough.
        None => link.made_by.is_none(),
    };
    may && !account.ended
}

/// Sets a new password by a link and ends all sessions of the account. Does not sign in: the second factor is still
/// required.
///
/// # Errors
/// Refused where the link is not valid (any more), or the password is too weak.
pub async fn choose_password(
    app: &App,
    token: &str,
    (new, again): (SecretString, SecretString),
) -> Result<Account, AppError> {
    let (link, maker, account) = found(app, token).await?.ok_or(Refusal::PasswordLink)?;
    ensure(secret_eq(&new, &again), Refusal::PasswordsDiffer)?;
    password::good(&new, &account.login)?;
    let hashed = password::hash(&app.hashing.place()?, new).await?;
    let mut tx = app.db.begin().await?;
    let by = match &maker {
        None => actor_alone(&mut tx, &account).await?,
        Some(maker) => {
            // Locks both rows in a fixed order, and checks the right again.
            let (owner, maker) = actor_and(&mut tx, &account, &maker.id).await?;
            let owner = owner.ok_or(Refusal::PasswordLink)?;
            ensure(may_make(&link, maker.as_ref(), &owner), Refusal::PasswordLink)?;
            owner
        }
    };
    ensure(password_links::take(&mut tx, &link.hash).await?, Refusal::PasswordLink)?;
    ensure(accounts::new_password(&mut tx, &by.id, &hashed).await?, Refusal::PasswordLink)?;
    sessions::end_others(&mut tx, &by.id, "").await?;
    note_account(app, &mut tx, Some(&by), AuditAction::UsePasswordLink, &by.id, (None, None)).await?;
    tx.commit().await?;
    Ok(account)
}

/// Turns off a colleague's lost second factor, and ends their sessions.
///
/// # Errors
/// Refused where `by` may not edit that account, it is their own, or has no second factor.
pub async fn lost_factor_off(app: &App, by: &Account, id: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    ensure(by.id != account.id, Refusal::OwnAccount)?;
    ensure(drop_factor(&mut tx, &account.id).await?, Refusal::WrongState)?;
    note_account(app, &mut tx, Some(&by), AuditAction::LostFactorOff, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Like `lost_factor_off` from the command line: whether the account had one; `None` without such an account.
pub async fn lost_factor_off_of(db: &Db, now: DateTime<Utc>, login: &str) -> Result<Option<bool>, StoreError> {
    let Some(account) = accounts::by_login(db, login).await? else { return Ok(None) };
    let mut tx = db.begin().await?;
    let had = drop_factor(&mut tx, &account.id).await?;
    if had {
        note_account_at(now, &mut tx, None, AuditAction::LostFactorOff, &account.id, (None, None)).await?;
        tx.commit().await?;
    }
    Ok(Some(had))
}

/// Recent actions of others that gave access to this account, newest first.
pub async fn done_to_account(app: &App, account: &Account) -> Result<Vec<(AuditAction, Line)>, StoreError> {
    const DONE: [AuditAction; 2] = [AuditAction::MakePasswordLink, AuditAction::LostFactorOff];
    let handles = accounts::handles(&app.db).await?;
    let Some(handle) = handles.get(&account.id) else { return Ok(Vec::new()) };
    let from = (app.clock.now() - NEWS).timestamp();
    let lines = audit::about(&app.db, handle, DONE.map(AuditAction::code), from, MOST_NEWS).await?;
    let known = |line: Line| Some((AuditAction::parse(&line.action)?, line));
    Ok(lines.into_iter().filter_map(known).collect())
}

async fn drop_factor(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    let had = second_factors::remove(tx, id).await?;
    if had {
        second_factors::drop_codes(tx, id).await?;
        sessions::end_others(tx, id, "").await?;
    }
    Ok(had)
}
