//! The pack: everything a municipality writes, as files that people can read and correct.
//!
//! `starter/` is one, and it is part of the program: it is what a municipality has on its first day.

pub mod compare;
mod files;
pub mod lint;
mod merge;
mod read;

pub use self::read::{Files, Problem, embedded, read};
pub use crate::starter::STARTER;
