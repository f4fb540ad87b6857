//! Drafts: unpublished versions of a content item, with their state between author and publication.

use serde::{Deserialize, Serialize};

use super::body::Body;
use super::item::ContentItem;

/// The state of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DraftState {
    /// Its author is writing it.
    Draft,
    /// It waits for a reviewer.
    InReview,
    /// A reviewer asked its author for changes.
    SentBack,
}

impl DraftState {
    /// All states.
    pub const ALL: [DraftState; 3] = [DraftState::Draft, DraftState::InReview, DraftState::SentBack];

    /// Its name in the database.
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

/// What publishing a draft means for the texts in other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A small correction: the other languages still say the same.
    Small,
    /// It says something new: publishing it makes the other languages outdated.
    Meaning,
    /// It now says what the other languages say: publishing it ends "missing" or "outdated".
    Translation,
}

impl Change {
    /// All kinds of change.
    pub const ALL: [Change; 3] = [Change::Small, Change::Meaning, Change::Translation];

    /// Its name in the database and in forms.
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

/// The draft of a content item.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The content item.
    pub item: ContentItem,
    /// Its newest version.
    pub version: Version,
    /// Its state.
    pub state: DraftState,
    /// What publishing it means for other languages.
    pub change: Change,
    /// The spreadsheet import that created it, if one did.
    pub batch: Option<String>,
}

/// A version of a content item; it never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number; the first is 1.
    pub number: i64,
    /// Its content.
    pub body: Body,
    /// The id of its author's account; `None` if it came with a pack.
    pub author: Option<String>,
    /// The author's name.
    pub author_name: String,
    /// When it was saved, in seconds since 1970.
    pub saved_at: i64,
}
