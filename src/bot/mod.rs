//! What the bot says, to people and to staff. Pure: no clock, database, network or chance.

pub mod button_text;
pub mod citizen;
pub mod knowledge;
pub mod message;
pub mod script;
pub mod staff;
