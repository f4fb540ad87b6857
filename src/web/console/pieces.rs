//! Pieces in forms and addresses, and their states in words.

use serde::Deserialize;

use super::desk::Desk;
use crate::domain::body::Problem;
use crate::domain::draft::{Change, DraftState};
use crate::domain::piece::Piece;
use crate::domain::proposed::Proposed;
use crate::domain::text_state::{Due, TextState};
use crate::locale::pieces;

/// A piece's names, as forms and addresses carry them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Names {
    pub kind: String,
    pub subject: String,
    pub lang: String,
}

impl Names {
    /// The piece, where there can be one.
    pub fn piece(&self) -> Option<Piece> {
        Piece::parse(&self.kind, &self.subject, &self.lang)
    }
}

/// What stands behind the question mark of a page about this piece.
pub(super) fn query(piece: &Piece) -> String {
    format!("kind={}&subject={}&lang={}", piece.kind().name(), piece.subject(), piece.lang_code())
}

/// Where a piece is edited.
pub(super) fn edit_path(piece: &Piece) -> String {
    match piece {
        Piece::Text(entry, lang) => format!("/console/entries/{entry}/text/{lang}"),
        Piece::Facts(entry) => format!("/console/entries/{entry}/facts"),
        Piece::Note(municipality, entry, lang) => {
            format!("/console/municipalities/{municipality}/notes/{entry}/{lang}")
        }
        Piece::Office(_, key) => format!("/console/offices/{key}"),
        Piece::Proposed(Proposed::Source(key)) => format!("/console/sources/{key}"),
        Piece::Proposed(Proposed::Help(kind, lang) | Proposed::Danger(kind, lang)) => {
            format!("/console/danger?lang={lang}&kind={}", kind.name())
        }
        Piece::Proposed(Proposed::Reason(entry, _)) => format!("/console/entries/{entry}"),
    }
}

impl Desk {
    /// A piece in words.
    pub fn piece(&self, piece: &Piece) -> String {
        pieces::piece(self.lang, piece)
    }

    /// A draft's state in words.
    pub fn draft_state(&self, state: &DraftState) -> String {
        pieces::draft_state(self.lang, *state)
    }

    /// What people read of a text, in words.
    pub fn text_state(&self, state: &TextState) -> String {
        pieces::text_state(self.lang, *state)
    }

    /// Whether a text is due, in words.
    pub fn due(&self, due: &Due) -> String {
        pieces::due(self.lang, *due)
    }

    /// A change in words.
    pub fn change(&self, change: &Change) -> String {
        pieces::change(self.lang, *change)
    }

    /// What a change does, in words.
    pub fn change_about(&self, change: &Change) -> String {
        pieces::change_about(self.lang, *change)
    }

    /// A field's name in words; fields are named as in [`crate::domain::body::Body::lines`].
    pub fn field(&self, field: &str) -> String {
        pieces::field(self.lang, field)
    }

    /// A problem in words.
    pub fn problem(&self, problem: &Problem) -> String {
        pieces::problem(self.lang, problem)
    }
}
