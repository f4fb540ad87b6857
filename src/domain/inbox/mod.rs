//! The inbox: questions that people leave for staff.

pub mod question;
