//! What people and staff write, whatever it is about: languages, keys, formatted text, telephone numbers.

pub mod diff;
pub mod id;
pub mod lang;
pub mod phone;
pub mod plain;
pub mod redacted;
pub mod rich;
pub mod spelling;
