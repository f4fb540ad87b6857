//! Getting back into an account: a link by which its owner chooses a new password, and a lost second factor turned off, both by
//! an administrator or by whoever has the machine.

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

/// For so long the owner of an account is shown what others have done to it.
const NEWS: TimeDelta = TimeDelta::days(90);
/// So much of it is shown.
const MOST_NEWS: i64 = 5;

/// Makes a link by which somebody else chooses a new password, and gives its token. One made before leads nowhere any more.
///
/// # Errors
/// Refused where `by` may not keep that account, or it is their own.
pub async fn make_password_link(app: &App, by: &Account, id: &str) -> Result<String, AppError> {
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    ensure(by.id != account.id, Refusal::OwnAccount)?;
    let token = put_link(&mut tx, app.clock.now(), Some(&by.id), &account.id).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::MakePasswordLink, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(token)
}

/// The same from the command line, for the account with this sign-in name; nothing where there is none.
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

/// Whose new password this link lets choose; nothing where it was used, has expired, or whoever made it may not make it any
/// more.
pub async fn password_link(app: &App, token: &str) -> Result<Option<Account>, AppError> {
    Ok(found(app, token).await?.map(|(_, _, account)| account))
}

/// The link with who made it (nothing for the command line) and whose it is.
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

/// Whether whoever made the link may make it now.
fn may_make(link: &PasswordLink, maker: Option<&Account>, account: &Account) -> bool {
    let may = match maker {
        Some(maker) => maker.may(&Right::Account(&account.limits)),
        // Whoever has the machine may.
        None => link.made_by.is_none(),
    };
    may && !account.ended
}

/// Chooses a new password by a link, ends all sessions of the account, and gives the account. Nobody is signed in by it: the
/// second factor is asked for as ever.
///
/// # Errors
/// Refused where the link leads nowhere (any more), or the password is not good.
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
            // Both rows are held, in one order, and asked again.
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

/// Turns somebody else's lost second factor off, and ends their sessions.
///
/// # Errors
/// Refused where `by` may not keep that account, it is their own, or has no second factor.
pub async fn lost_factor_off(app: &App, by: &Account, id: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let (by, account) = theirs(&mut tx, by, id).await?;
    ensure(by.id != account.id, Refusal::OwnAccount)?;
    ensure(drop_factor(&mut tx, &account.id).await?, Refusal::WrongState)?;
    note_account(app, &mut tx, Some(&by), AuditAction::LostFactorOff, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// The same from the command line, for the account with this sign-in name: whether it had a second factor; nothing where there is no such account.
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

/// What others have done to an account that lets somebody in, the newest first, as long as it is news.
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
