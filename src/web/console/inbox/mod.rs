//! Pages of questions that people left for a person.

pub(in crate::web::console) mod question;
pub(in crate::web::console) mod questions;
pub(in crate::web::console) mod ready_answers;
