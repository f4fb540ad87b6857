//! All SQL of the program, and nothing else: the same statements for SQLite and PostgreSQL.

pub mod chats;
pub mod content;
pub mod db;
pub mod imports;
pub mod inbox;
pub mod offices;
pub mod operations;
pub mod outbox;
pub mod safety;
pub mod staff;
pub mod statistics;
pub mod unanswered;

pub use self::db::{Db, StoreError, Tx};
