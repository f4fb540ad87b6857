//! The list of municipalities.

pub mod municipalities;
