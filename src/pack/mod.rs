//! Packs: a municipality's whole content as a folder of files that people can read and edit.
//!
//! One pack, `starter/`, is compiled into the program: the content that a municipality starts with.

pub mod compare;
mod files;
pub mod lint;
mod merge;
mod read;

pub use self::read::{Files, Problem, embedded, read};
pub use crate::starter::STARTER;
