//! Drafts: what is being written about a piece, on its way from an author to people.

use serde::{Deserialize, Serialize};

use super::body::Body;
use super::item::ContentItem;

/// Where a draft is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DraftState {
    /// Its author is writing.
    Draft,
    /// It waits for a reviewer.
    InReview,
    /// A reviewer wants something mended.
    SentBack,
}

impl DraftState {
    /// All states.
    pub const ALL: [DraftState; 3] = [DraftState::Draft, DraftState::InReview, DraftState::SentBack];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            DraftState::Draft => "draft",
            DraftState::InReview => "in-review",
            DraftState::SentBack => "sent-back",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<DraftState> {
        DraftState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What a draft does to the texts in other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A word or a comma: the other languages still say the same.
    Small,
    /// It says something new: the other languages become outdated when it is published.
    Meaning,
    /// It now says what the other languages say: it is no longer missing or outdated.
    Translation,
}

impl Change {
    /// All changes.
    pub const ALL: [Change; 3] = [Change::Small, Change::Meaning, Change::Translation];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Change::Small => "small",
            Change::Meaning => "meaning",
            Change::Translation => "translation",
        }
    }

    /// The change with this name.
    pub fn parse(name: &str) -> Option<Change> {
        Change::ALL.into_iter().find(|change| change.name() == name)
    }
}

/// What is being written about a piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// About which piece.
    pub item: ContentItem,
    /// Its newest version.
    pub version: Version,
    /// Where it is on its way.
    pub state: DraftState,
    /// What it does to other languages.
    pub change: Change,
    /// The table by which it came, if it did.
    pub batch: Option<String>,
}

/// A version of a piece: it never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// 1 for the first that was written.
    pub number: i64,
    /// What it says.
    pub body: Body,
    /// The account of its author; nothing where it came with a pack.
    pub author: Option<String>,
    /// The author's name.
    pub author_name: String,
    /// When it was written, in seconds since 1970.
    pub saved_at: i64,
}
