//! Checks rights against the account's row inside the acting transaction, so that a revoked right is never used.

use std::ops::Deref;

use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::store::staff::accounts::{self, Hold};
use crate::store::{Db, StoreError, Tx};

/// The acting account, as its row says in this transaction. Only this module makes one, so no action and no audit line
/// can use an account as it was when the request began.
#[derive(Debug, Clone)]
pub(in crate::app) struct Actor(Account);

impl Deref for Actor {
    type Target = Account;

    fn deref(&self) -> &Account {
        &self.0
    }
}

impl Actor {
    /// Refuses unless they may do it.
    pub fn ensure(&self, right: &Right<'_>) -> Result<(), AppError> {
        ensure(self.may(right), Refusal::NoRight)
    }
}

/// Reads the acting account anew and locks its row (shared) until the transaction ends.
///
/// # Errors
/// Refused where the account has ended.
pub(in crate::app) async fn actor(tx: &mut Tx, account: &Account) -> Result<Actor, AppError> {
    held(tx, account, Hold::Shared).await
}

/// Like `actor` with an exclusive lock, for changes to one's own row.
///
/// # Errors
/// Refused where the account has ended.
pub(in crate::app) async fn actor_alone(tx: &mut Tx, account: &Account) -> Result<Actor, AppError> {
    held(tx, account, Hold::Alone).await
}

async fn held(tx: &mut Tx, account: &Account, hold: Hold) -> Result<Actor, AppError> {
    let now = accounts::find_in(tx, &account.id, hold).await?;
    Ok(Actor(now.filter(|account| !account.ended).ok_or(Refusal::NoRight)?))
}

/// The acting account, if it has this right now.
///
/// # Errors
/// Refused where they may not (any more).
pub(in crate::app) async fn with_right(tx: &mut Tx, account: &Account, right: &Right<'_>) -> Result<Actor, AppError> {
    let actor = actor(tx, account).await?;
    actor.ensure(right)?;
    Ok(actor)
}

/// Checks a right before anything is read, so that a refusal reveals nothing. The acting transaction checks again.
///
/// # Errors
/// Refused where they may not (any more).
pub(in crate::app) async fn ensure_now(db: &Db, account: &Account, right: &Right<'_>) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    with_right(&mut tx, account, right).await?;
    tx.commit().await?;
    Ok(())
}

/// An account and a colleague's account that it edits. Locks both rows in the order of their ids, so that two
/// administrators who edit each other cannot deadlock.
pub(in crate::app) async fn actor_and(
    tx: &mut Tx,
    account: &Account,
    other: &str,
) -> Result<(Option<Actor>, Option<Account>), StoreError> {
    let mut ids = [account.id.as_str(), other];
    ids.sort_unstable();
    let mut found = Vec::new();
    for id in ids {
        found.extend(accounts::find_in(tx, id, Hold::Alone).await?.filter(|account| !account.ended));
    }
    let of = |id: &str| found.iter().find(|account| account.id == id).cloned();
    Ok((of(&account.id).map(Actor), of(other)))
}
