//! Words in every language: Fluent messages of `locales/<lang>/`, each a typed phrase.

mod bundles;
mod dates;
mod hours;
mod labels;
mod phrases;
pub mod pieces;
mod spoken;

pub use bundles::say;
pub use dates::{day, weekday_and_time};
pub use hours::week_in_words;
pub use labels::Label;
pub use phrases::Phrase;
pub use spoken::Spoken;
