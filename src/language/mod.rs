//! Which language is a text in, and how words are folded to be compared.

mod fold;
mod identify;
mod votes;
mod words;

pub use fold::fold;
pub use identify::{Guess, Identifier};
pub use words::words;
