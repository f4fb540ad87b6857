//! Questions that people leave for a person.

pub mod question;
