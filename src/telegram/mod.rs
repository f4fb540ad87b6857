//! The Telegram door.

mod addressed;
mod client;
mod html;
mod incoming;
mod outgoing;
mod return_to;
mod update;
