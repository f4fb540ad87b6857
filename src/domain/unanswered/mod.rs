//! Words that found no answer, and what staff did about them.

pub mod group;
