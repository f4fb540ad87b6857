//! Staff: accounts, roles, limits and rights, refusals, and the actions of the audit log.

pub mod account;
pub mod audit_action;
pub mod limits;
pub mod refusal;
pub mod right;
