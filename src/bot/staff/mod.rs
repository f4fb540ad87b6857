//! Conversations with staff in Telegram.

pub mod input;
