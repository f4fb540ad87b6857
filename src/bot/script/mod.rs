//! Scripts of talks, for tests and for evaluation.

pub mod talk_file;
