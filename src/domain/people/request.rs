//! Requests about the talk itself: what a person wants of the bot and not of an office.

use crate::domain::text::lang::Lang;

/// A request about the talk, said in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Request {
    /// "I want to talk to a person."
    Person,
    /// "Show me the menu."
    Menu,
    /// "Start again."
    Restart,
    /// "Speak Kreyòl, please."
    Language(Lang),
    /// "What can you do?"
    Help,
    /// "Say it again."
    Repeat,
    /// "I do not understand, say it simpler."
    Simpler,
    /// "Are you a robot?"
    Robot,
    /// "You are of no use."
    Complaint,
    /// "Yes" to what was offered.
    Yes,
    /// "No" to what was offered.
    No,
    /// "The first one."
    First,
    /// "The second one."
    Second,
    /// "None of these."
    NoneOfThese,
}

impl Request {
    /// All requests.
    pub fn all() -> impl Iterator<Item = Request> {
        let fixed = [
            Request::Person,
            Request::Menu,
            Request::Restart,
            Request::Help,
            Request::Repeat,
            Request::Simpler,
            Request::Robot,
            Request::Complaint,
            Request::Yes,
            Request::No,
            Request::First,
            Request::Second,
            Request::NoneOfThese,
        ];
        fixed.into_iter().chain(Lang::all().map(Request::Language))
    }

    /// Its name in `requests.tsv`; a language has its code behind it.
    pub fn name(self) -> String {
        match self {
            Request::Language(lang) => format!("language-{lang}"),
            other => other.kind().to_owned(),
        }
    }

    /// Its name in JSON and counters.
    pub fn kind(self) -> &'static str {
        match self {
            Request::Person => "person",
            Request::Menu => "menu",
            Request::Restart => "restart",
            Request::Language(_) => "language",
            Request::Help => "help",
            Request::Repeat => "repeat",
            Request::Simpler => "simpler",
            Request::Robot => "robot",
            Request::Complaint => "complaint",
            Request::Yes => "yes",
            Request::No => "no",
            Request::First => "first",
            Request::Second => "second",
            Request::NoneOfThese => "none",
        }
    }

    /// Whether it makes sense only where something was offered.
    pub fn needs_an_offer(self) -> bool {
        match self {
            Request::Yes | Request::No | Request::First | Request::Second | Request::NoneOfThese => true,
            Request::Person
            | Request::Menu
            | Request::Restart
            | Request::Language(_)
            | Request::Help
            | Request::Repeat
            | Request::Simpler
            | Request::Robot
            | Request::Complaint => false,
        }
    }
}
