//! Pages about settings, personal data and messages that could not be delivered.

pub(in crate::web::console) mod privacy;
pub(in crate::web::console) mod settings;
pub(in crate::web::console) mod undelivered;
