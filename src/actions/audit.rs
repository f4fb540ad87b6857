//! The audit log is written here, in the transaction of what it tells.

use super::house::House;
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
    action: &str,
    subject: impl ToString,
    (was, became): (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    let line = Line {
        id: new_id(),
        at: house.clock.now().timestamp(),
        account: by.map(|account| account.id.clone()),
        who: by.map_or(COMMAND_LINE, |account| &account.name).to_owned(),
        action: action.to_owned(),
        subject: subject.to_string(),
        was,
        became,
    };
    audit::add(tx, &line).await
}
