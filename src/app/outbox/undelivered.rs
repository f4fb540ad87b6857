//! Undelivered messages: operators see that there are some and why, try them again or drop them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::{note, note_at};
use crate::app::staff::rights::with_right;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::store::outbox::RowId;
use crate::store::outbox::undecryptable::{self, Closed};
use crate::store::outbox::undelivered::{self, Undelivered};
use crate::store::{Db, StoreError, Tx};

/// Retention period of an undelivered message: after it nobody expects the message any more.
pub const KEPT: TimeDelta = TimeDelta::days(7);

/// How a reason begins if the message may have arrived.
pub const MAY_HAVE_ARRIVED: &str = "it may have arrived: ";
/// How a reason begins if the message certainly did not arrive and its time for tries is over.
pub const TRIED_FOR_A_DAY: &str = "tried for a day: ";

/// The reason if no key decrypts a message of the outbox: it is kept until the key is back or somebody drops it.
pub const NO_KEY: &str = "no key opens it";

/// What to do with an undelivered message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Send it again.
    TryAgain,
    /// Drop it.
    Drop,
}

impl Decision {
    fn action(self) -> AuditAction {
        match self {
            Decision::TryAgain => AuditAction::TryAgainUndelivered,
            Decision::Drop => AuditAction::DropUndelivered,
        }
    }
}

/// Which messages a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// The one with this name.
    One(String),
    /// All that were set aside up to this moment, in seconds since 1970.
    UpTo(i64),
}

/// Why a message could not be delivered, as far as staff need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It is unknown whether it has arrived.
    MayHaveArrived,
    /// It was tried until its time was over.
    TriedForADay,
    /// It was refused for good.
    Refused,
    /// No known key decrypts it.
    NoKey,
}

impl Cause {
    /// The cause, and the rest of the reason in the words of Telegram or the connection.
    pub fn of(reason: &str) -> (Cause, &str) {
        if reason == NO_KEY {
            (Cause::NoKey, "")
        } else if let Some(why) = reason.strip_prefix(MAY_HAVE_ARRIVED) {
            (Cause::MayHaveArrived, why)
        } else if let Some(why) = reason.strip_prefix(TRIED_FOR_A_DAY) {
            (Cause::TriedForADay, why)
        } else {
            (Cause::Refused, reason.strip_prefix("refused: ").unwrap_or(reason))
        }
    }
}

/// The undelivered messages, the oldest first.
pub async fn undelivered(db: &Db) -> Result<Vec<Undelivered>, StoreError> {
    let mut all = undelivered::list(db).await?;
    all.extend(undecryptable::list(db).await?.iter().map(waits_for_its_key));
    all.sort_by(|a, b| (a.queued_ms, &a.id).cmp(&(b.queued_ms, &b.id)));
    Ok(all)
}

fn waits_for_its_key(closed: &Closed) -> Undelivered {
    Undelivered {
        id: name(&closed.id),
        queued_ms: closed.queued_ms,
        since: closed.tried,
        expires_at: None,
        reason: NO_KEY.to_owned(),
        attempts: Some(closed.attempts),
        for_staff: closed.id.chat.is_staff(),
    }
}

/// A name for an outbox row, which has none of its own: a hash, which does not reveal the chat.
fn name(row: &RowId) -> String {
    let digest = Sha256::digest(format!("{} {}", row.chat.as_str(), row.seq));
    HEXLOWER.encode(&digest[..16])
}

/// Decides from the command line; returns how many of these names still existed.
pub async fn decide(db: &Db, names: &[String], decision: Decision, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let mut tx = db.begin().await?;
    let done = decide_all(&mut tx, names, decision, now).await?;
    if done > 0 {
        note_at(now, &mut tx, None, decision.action(), done, (None, None)).await?;
    }
    tx.commit().await?;
    Ok(done)
}

/// Decides at the console; returns how many messages still existed.
///
/// # Errors
/// Refused if the account may not, or none of them exists any more.
pub async fn decide_undelivered(app: &App, by: &Account, meant: &Meant, decision: Decision) -> Result<usize, AppError> {
    let names: Vec<String> = match meant {
        Meant::One(name) => vec![name.clone()],
        Meant::UpTo(last) => {
            let all = undelivered(&app.db).await?;
            all.into_iter().filter(|one| one.since <= *last).map(|one| one.id).collect()
        }
    };
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    let done = decide_all(&mut tx, &names, decision, app.clock.now()).await?;
    ensure(done > 0, Refusal::Gone)?;
    note(app, &mut tx, Some(&by), decision.action(), done, (None, None)).await?;
    tx.commit().await?;
    if decision == Decision::TryAgain {
        app.outbox_ready.notify_one();
    }
    Ok(done)
}

async fn decide_all(
    tx: &mut Tx,
    names: &[String],
    decision: Decision,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let waiting = undecryptable::list_in(tx).await?;
    let waiting: BTreeMap<String, RowId> = waiting.into_iter().map(|one| (name(&one.id), one.id)).collect();
    let mut done = 0;
    for name in names {
        let decided = match waiting.get(name) {
            Some(row) => decide_closed(tx, row, decision, now).await?,
            None => decide_one(tx, name, decision, now).await?,
        };
        done += usize::from(decided);
    }
    Ok(done)
}

async fn decide_closed(tx: &mut Tx, row: &RowId, decision: Decision, now: DateTime<Utc>) -> Result<bool, StoreError> {
    match decision {
        Decision::TryAgain => undecryptable::open_again(tx, row, now.timestamp()).await,
        Decision::Drop => undecryptable::drop_one(tx, row).await,
    }
}

async fn decide_one(tx: &mut Tx, name: &str, decision: Decision, now: DateTime<Utc>) -> Result<bool, StoreError> {
    match decision {
        Decision::TryAgain => undelivered::try_again(tx, name, now.timestamp_millis()).await,
        Decision::Drop => undelivered::drop_one(tx, name).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_is_read_off_the_reason() {
        assert_eq!(Cause::of("it may have arrived: no answer"), (Cause::MayHaveArrived, "no answer"));
        assert_eq!(Cause::of("tried for a day: no connection"), (Cause::TriedForADay, "no connection"));
        assert_eq!(Cause::of(NO_KEY), (Cause::NoKey, ""));
        assert_eq!(Cause::of("refused: chat not found"), (Cause::Refused, "chat not found"));
        assert_eq!(Cause::of("the chat has a new number"), (Cause::Refused, "the chat has a new number"));
    }
}
