//! How well is it understood? Measuring on tables of messages with what they ought to be understood as.

mod confusions;
mod curve;
mod fewer;
mod language;
mod messages;
mod score;
mod table;
mod talks;
mod text;

pub use curve::{Curve, Point};
pub use fewer::at_most;
pub use language::{LanguageReport, Recall, evaluate_language};
pub use messages::{Report, evaluate_messages};
pub use score::{OutOfScopeShares, Shares};
pub use table::{Bank, Expected, Keys, Message, Phrasing, Sample, TableError, read_bank, read_messages, read_samples};
pub use talks::{TalkEntry, evaluate_talks};
