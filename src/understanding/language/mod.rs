//! Language identification, and the folding of words for comparison.

mod fold;
mod identify;
mod votes;
mod words;

pub use self::fold::fold;
pub use self::identify::{Guess, Identifier};
pub use self::words::words;
