//! Staff accounts: rights, invitations, signing in, second factors and the audit log.

pub(in crate::app) mod audit;
pub(in crate::app) mod edit_accounts;
pub(in crate::app) mod edit_second_factor;
pub(in crate::app) mod invite;
pub(in crate::app) mod link_telegram;
pub(in crate::app) mod password;
pub(in crate::app) mod proof;
pub(in crate::app) mod regain_access;
pub(in crate::app) mod remind;
pub(in crate::app) mod rights;
pub(in crate::app) mod sign_in;
pub(in crate::app) mod throttle;
pub(in crate::app) mod totp;
pub(in crate::app) mod typed_code;
