//! Why an action at the console was not done: the person can mend it, or we must.

use super::fault::Fault;
use crate::domain::refusal::Refusal;
use crate::store::StoreError;

/// Why an action was not done; nothing has changed.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The person can mend it.
    Refused(Refusal),
    /// We must mend it; it has been logged.
    Failed(Fault),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        Trouble::Refused(refusal)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Failed(fault)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Failed(Fault::new("use the database", error))
    }
}

/// Refuses unless the condition holds.
pub(super) fn unless(holds: bool, refusal: Refusal) -> Result<(), Trouble> {
    if holds { Ok(()) } else { Err(refusal.into()) }
}
