//! People who write to the bot: their chats, rate limits and small talk.

pub mod chat;
pub mod chat_rate;
pub mod request;
pub mod small_talk;
