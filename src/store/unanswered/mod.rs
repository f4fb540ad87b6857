//! Unanswered words: questions that found no answer.

pub mod groups;
pub mod recording;
