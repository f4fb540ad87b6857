//! Staff accounts, how they sign in, their Telegram chats, and the audit log.

pub mod accounts;
pub mod audit;
pub mod invitations;
pub mod password_links;
pub mod second_factors;
pub mod sessions;
pub mod sign_in_tries;
pub mod telegram_groups;
pub mod telegram_links;
