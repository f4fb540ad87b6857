//! The nouns: what the rest of the program speaks about, with the rules that need nothing else.

pub mod chat;
pub mod content;
pub mod danger;
pub mod entry;
pub mod event;
pub mod hours;
pub mod id;
pub mod lang;
pub mod municipality;
pub mod note;
pub mod office;
pub mod phrasing;
pub mod position;
pub mod rich;
pub mod small_talk;
pub mod source;
pub mod spelling;
pub mod topic;
