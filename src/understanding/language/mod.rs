//! Language identification, and the folding of words for comparison.

mod days;
mod fold;
mod identify;
mod votes;
mod words;

pub use self::days::NamedDay;
pub use self::fold::fold;
pub use self::identify::{Guess, Identifier};
pub use self::words::words;
