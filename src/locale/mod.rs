//! Words in every language: Fluent messages of `locales/<lang>/`, each a typed phrase.

mod bundles;
mod dates;
mod phrases;

pub use bundles::say;
pub use dates::{day, weekday_and_time};
pub use phrases::Phrase;
