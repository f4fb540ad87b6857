//! Which language is a text in, and how words are folded to be compared.

mod fold;
mod identify;
mod votes;
mod words;

pub use self::fold::fold;
pub use self::identify::{Guess, Identifier};
pub use self::words::words;
