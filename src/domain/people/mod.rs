//! The people who write: their chats, and what they say that is no question.

pub mod chat;
pub mod chat_rate;
pub mod small_talk;
