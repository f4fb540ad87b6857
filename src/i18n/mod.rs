//! Words in every language: the Fluent messages of `locales/<lang>/`, each a typed phrase.

mod bundles;
pub mod content_items;
mod dates;
mod hours;
mod labels;
mod phrase;
mod phrases;

pub use self::bundles::say;
pub use self::dates::{day, weekday_and_time};
pub use self::hours::week_in_words;
pub use self::labels::Label;
pub use self::phrase::Spoken;
pub use self::phrases::Phrase;
