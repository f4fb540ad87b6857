//! Rights are asked of the account's row, inside the transaction that acts: one that was taken away meanwhile stays away.

use std::ops::Deref;

use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::store::staff::accounts::{self, Hold};
use crate::store::{Db, StoreError, Tx};

/// Who acts, as their row says in the transaction that acts. Only this module makes one, so nothing can be done, and nothing
/// written into the audit log, in the name of an account as it was when the request began.
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

/// Whoever acts, read anew and held until the transaction ends.
///
/// # Errors
/// Refused where the account has ended.
pub(in crate::app) async fn actor(tx: &mut Tx, account: &Account) -> Result<Actor, AppError> {
    held(tx, account, Hold::Shared).await
}

/// The same for whoever changes their own row.
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

/// Whoever acts, if they may do this now.
///
/// # Errors
/// Refused where they may not (any more).
pub(in crate::app) async fn with_right(tx: &mut Tx, account: &Account, right: &Right<'_>) -> Result<Actor, AppError> {
    let actor = actor(tx, account).await?;
    actor.ensure(right)?;
    Ok(actor)
}

/// Asks for a right before anything is read for an action: whoever may not act is told nothing of what is there. The transaction
/// that acts asks again.
///
/// # Errors
/// Refused where they may not (any more).
pub(in crate::app) async fn ensure_now(db: &Db, account: &Account, right: &Right<'_>) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    with_right(&mut tx, account, right).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody who keeps another's account, and that account: both rows held, in one order, so that two who keep each other's
/// do not wait for each other.
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
