//! Who works at the console, what their role lets them do, and what they are told when it does not.

pub mod account;
pub mod audit_action;
pub mod limits;
pub mod refusal;
pub mod right;
