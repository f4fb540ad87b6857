//! Writes lines of the audit log, in the same transaction as the change that they record.

use chrono::{DateTime, Utc};

use super::rights::Actor;
use crate::app::runtime::app::App;
use crate::domain::staff::audit_action::AuditAction;
use crate::encryption::new_id;
use crate::store::staff::audit::Line;
use crate::store::staff::{accounts, audit};
use crate::store::{StoreError, Tx};

/// Name in the audit log for actions from the command line.
pub const COMMAND_LINE: &str = "command line";

/// Records an action; `was` and `became` must not hold secrets.
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

/// Records an action on an account, by its handle: sign-in names can be reused, handles cannot.
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

/// Like `note_account` with a given time, for callers without an `App`.
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

/// Like `note` with a given time, for callers without an `App`.
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

/// The audit line of an action.
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

/// An id greater than those of earlier lines, so that lines of the same second keep their order.
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
