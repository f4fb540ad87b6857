//! Scripts of talks, for tests and measuring.

pub mod talk_file;
