//! The domain: the program's nouns with their rules and limits, without clock, database, network or chance.

pub mod content;
pub mod inbox;
pub mod offices;
pub mod people;
pub mod safety;
pub mod staff;
pub mod statistics;
pub mod text;
pub mod unanswered;
