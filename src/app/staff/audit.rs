//! The audit log is written here, in the transaction of what it tells.

use chrono::{DateTime, Utc};

use super::rights::Actor;
use crate::app::runtime::app::App;
use crate::domain::staff::audit_action::AuditAction;
use crate::encryption::new_id;
use crate::store::staff::audit::Line;
use crate::store::staff::{accounts, audit};
use crate::store::{StoreError, Tx};

/// What the log calls somebody who uses the command line.
pub const COMMAND_LINE: &str = "command line";

/// Notes that something was done; `was` and `became` must not hold secrets.
pub(in crate::app) async fn note(
    app: &App,
    tx: &mut Tx,
    by: Option<&Actor>,
    action: AuditAction,
    subject: impl ToString,
    change: (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    note_at(app.clock.now(), tx, by, action, subject, change).await
}

/// Notes that something was done to an account. It is called by what tells it from others that had its sign-in name.
pub(in crate::app) async fn note_account(
    app: &App,
    tx: &mut Tx,
    by: Option<&Actor>,
    action: AuditAction,
    account: &str,
    change: (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    note_account_at(app.clock.now(), tx, by, action, account, change).await
}

/// The same at a moment, where there is no house.
pub(in crate::app) async fn note_account_at(
    now: DateTime<Utc>,
    tx: &mut Tx,
    by: Option<&Actor>,
    action: AuditAction,
    account: &str,
    change: (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    let subject = accounts::handle(tx, account).await?.unwrap_or_default();
    note_at(now, tx, by, action, subject, change).await
}

/// Notes something at a moment, where there is no house.
pub(in crate::app) async fn note_at(
    now: DateTime<Utc>,
    tx: &mut Tx,
    by: Option<&Actor>,
    action: AuditAction,
    subject: impl ToString,
    change: (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    audit::add(tx, &line(now, by, action, subject, change)).await
}

/// The line that says that something was done.
pub(in crate::app) fn line(
    now: DateTime<Utc>,
    by: Option<&Actor>,
    action: AuditAction,
    subject: impl ToString,
    (was, became): (Option<String>, Option<String>),
) -> Line {
    Line {
        id: in_order(now),
        at: now.timestamp(),
        account: by.map(|account| account.id.clone()),
        who: by.map_or(COMMAND_LINE, |account| &account.name).to_owned(),
        action: action.code().to_owned(),
        subject: subject.to_string(),
        was,
        became,
    }
}

/// An id that is greater than those of earlier lines: many lines are of one second, and are read in the order of their doing.
fn in_order(now: DateTime<Utc>) -> String {
    let id = new_id();
    format!("{:016x}{}", now.timestamp_micros().max(0), id.get(..16).unwrap_or(&id))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn lines_of_one_second_are_read_in_the_order_of_their_doing() {
        let at = |micros| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::microseconds(micros);
        let ids: Vec<String> = (0..50).map(|n| in_order(at(n * 7))).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.len() == 32), "{ids:?}");
    }
}
