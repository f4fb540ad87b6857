//! The audit log is written here, in the transaction of what it tells.

use chrono::{DateTime, Utc};

use super::house::House;
use crate::domain::audit_action::AuditAction;
use crate::domain::staff::Account;
use crate::sealing::new_id;
use crate::store::audit::Line;
use crate::store::{StoreError, Tx, audit};

/// What the log calls somebody who uses the command line.
pub(super) const COMMAND_LINE: &str = "command line";

/// Notes that something was done; `was` and `became` must not hold secrets.
pub(super) async fn note(
    house: &House,
    tx: &mut Tx,
    by: Option<&Account>,
    action: AuditAction,
    subject: impl ToString,
    change: (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    note_at(house.clock.now(), tx, by, action, subject, change).await
}

/// The same at a moment, where there is no house.
pub(super) async fn note_at(
    now: DateTime<Utc>,
    tx: &mut Tx,
    by: Option<&Account>,
    action: AuditAction,
    subject: impl ToString,
    change: (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    audit::add(tx, &line(now, by, action, subject, change)).await
}

/// The line that says that something was done.
pub(super) fn line(
    now: DateTime<Utc>,
    by: Option<&Account>,
    action: AuditAction,
    subject: impl ToString,
    (was, became): (Option<String>, Option<String>),
) -> Line {
    Line {
        id: new_id(),
        at: now.timestamp(),
        account: by.map(|account| account.id.clone()),
        who: by.map_or(COMMAND_LINE, |account| &account.name).to_owned(),
        action: action.code().to_owned(),
        subject: subject.to_string(),
        was,
        became,
    }
}
