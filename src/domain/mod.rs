//! The nouns: what the rest of the program speaks about, with the rules that need nothing else.

pub mod audit_action;
pub mod body;
pub mod chat;
pub mod content;
pub mod danger;
pub mod draft;
pub mod entry;
pub mod event;
pub mod hours;
pub mod id;
pub mod lang;
pub mod municipality;
pub mod note;
pub mod office;
pub mod phrasing;
pub mod piece;
pub mod position;
pub mod refusal;
pub mod rich;
pub mod small_talk;
pub mod source;
pub mod spelling;
pub mod staff;
pub mod text_state;
pub mod topic;
pub mod week;
mod week_text;
