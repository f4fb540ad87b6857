//! SQL and nothing but SQL: what is kept, read and written, on SQLite and PostgreSQL with one text.

pub mod chats;
pub mod content;
mod content_rows;
pub mod db;
pub mod events;
pub mod jobs;
mod many;
pub mod outbox;
pub mod revision;
pub mod sqlite_file;
pub mod tables;
pub mod transcripts;
pub mod updates;

pub use db::{Db, StoreError, Tx};
