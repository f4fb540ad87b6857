//! SQL and nothing but SQL: what is kept, read and written, on SQLite and PostgreSQL with one text.

pub mod accounts;
pub mod audit;
pub mod batches;
pub mod bell;
pub mod chats;
pub mod content;
mod content_rows;
pub mod danger;
pub mod db;
pub mod drafts;
pub mod events;
pub mod jobs;
mod many;
pub mod many_drafts;
pub mod many_pieces;
pub mod municipalities;
pub mod outbox;
pub mod overview;
pub mod pieces;
pub mod published_pieces;
pub mod replicas;
pub mod revision;
pub mod sealed;
pub mod sessions;
pub mod settings;
pub mod shown_messages;
pub mod sign_in_tries;
pub mod sources;
pub mod sqlite_file;
pub mod standing;
pub mod tables;
pub mod test_questions;
pub mod transcripts;
pub mod updates;

pub use db::{Db, StoreError, Tx};
