//! Pages of questions that found no answer.

pub(in crate::web::console) mod group;
pub(in crate::web::console) mod list;
