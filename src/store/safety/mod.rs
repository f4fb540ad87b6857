//! The municipality's changes to danger patterns and lines of help.

pub mod danger;
