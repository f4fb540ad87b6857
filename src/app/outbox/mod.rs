//! The outbox: messages to send are put in, claimed and settled.

pub(in crate::app) mod backpressure;
pub(in crate::app) mod deliver;
pub(in crate::app) mod fullness;
pub(in crate::app) mod send_to_chat;
pub(crate) mod send_to_staff;
pub(in crate::app) mod undelivered;
