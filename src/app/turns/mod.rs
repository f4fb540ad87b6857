//! One turn of a conversation with a person, from the input to the commit.

pub(in crate::app) mod arrival;
pub(in crate::app) mod copy_of_chat;
pub(in crate::app) mod count_chat;
pub(in crate::app) mod erase;
pub(in crate::app) mod forget_chat;
pub(in crate::app) mod handoff;
pub(in crate::app) mod lookup;
pub(in crate::app) mod queued;
pub(in crate::app) mod rate_limit;
pub(in crate::app) mod source_message;
pub(in crate::app) mod stored_chat;
pub(in crate::app) mod take_turn;
pub(in crate::app) mod transcript;
pub(in crate::app) mod turn_commit;
