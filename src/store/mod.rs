//! SQL and nothing but SQL: what is kept, read and written, on SQLite and PostgreSQL with one text.

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
