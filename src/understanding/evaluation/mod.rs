//! Evaluation: measures the understanding on tables of messages with their expected results.

mod aspects;
mod confusions;
mod curve;
mod danger;
mod language;
mod learning_curve;
mod messages;
mod requests;
mod score;
mod substance;
mod table;
mod talks;
mod text;

pub use self::aspects::{AspectMessage, AspectReport, AspectShares, evaluate_aspects, read_aspects};
pub use self::curve::{Curve, Point};
pub use self::danger::{
    AlarmWanted, DangerMessage, DangerReport, DangerShares, Ordinary, evaluate_danger, read_danger,
};
pub use self::language::{LanguageReport, Recall, evaluate_language};
pub use self::learning_curve::at_most;
pub use self::messages::{Report, evaluate_messages};
pub use self::requests::{
    ExpectedRequest, RequestMessage, RequestReport, RequestShares, evaluate_requests, read_requests,
};
pub use self::score::{OutOfScopeShares, Shares};
pub use self::substance::{
    Said, SubstanceReport, SubstanceShares, TalkRow, evaluate_substance, has_aspects, read_talks,
};
pub use self::table::{
    Bank, Expected, Keys, Message, Phrasing, Sample, TableFormatError, read_bank, read_messages, read_samples,
};
pub use self::talks::{TalkEntry, evaluate_talks};
