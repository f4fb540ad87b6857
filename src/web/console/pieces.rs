//! Pieces in forms and addresses, and their states in words.

use serde::Deserialize;

use super::desk::Desk;
use crate::domain::body::{Field, Problem};
use crate::domain::draft::{Change, DraftState};
use crate::domain::piece::{Kind, Piece};
use crate::domain::text_state::{Due, TextState};
use crate::locale::Label;

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
    }
}

impl Desk {
    /// A piece in words.
    pub fn piece(&self, piece: &Piece) -> String {
        let kind = self.word(match piece.kind() {
            Kind::Text => Label::KindText,
            Kind::Facts => Label::KindFacts,
            Kind::Note => Label::KindNote,
            Kind::Office => Label::KindOffice,
        });
        match piece.lang() {
            Some(lang) => format!("{kind} {} ({})", piece.subject(), lang.name()),
            None => format!("{kind} {}", piece.subject()),
        }
    }

    /// A draft's state in words.
    pub fn draft_state(&self, state: &DraftState) -> String {
        self.word(match state {
            DraftState::Draft => Label::StateDraft,
            DraftState::InReview => Label::StateInReview,
            DraftState::SentBack => Label::StateSentBack,
        })
    }

    /// What people read of a text, in words.
    pub fn text_state(&self, state: &TextState) -> String {
        self.word(match state {
            TextState::Missing => Label::StateMissing,
            TextState::Published => Label::StatePublished,
            TextState::Outdated => Label::StateOutdated,
            TextState::Withdrawn => Label::StateWithdrawn,
        })
    }

    /// Whether a text is due, in words.
    pub fn due(&self, due: &Due) -> String {
        self.word(match due {
            Due::Never => Label::DueNever,
            Due::Fine => Label::DueFine,
            Due::Soon => Label::DueSoon,
            Due::Late => Label::DueLate,
        })
    }

    /// A change in words.
    pub fn change(&self, change: &Change) -> String {
        self.word(match change {
            Change::Small => Label::ChangeSmall,
            Change::Meaning => Label::ChangeMeaning,
            Change::Translation => Label::ChangeTranslation,
        })
    }

    /// What a change does, in words.
    pub fn change_about(&self, change: &Change) -> String {
        self.word(match change {
            Change::Small => Label::ChangeSmallAbout,
            Change::Meaning => Label::ChangeMeaningAbout,
            Change::Translation => Label::ChangeTranslationAbout,
        })
    }

    /// A field's name in words; fields are named as in [`crate::domain::body::Body::lines`].
    pub fn field(&self, field: &str) -> String {
        let label = match field {
            "question" => Label::FieldQuestion,
            "answer" => Label::FieldAnswer,
            "phrasings" => Label::FieldPhrasings,
            "service" => Label::FieldService,
            "sources" => Label::FieldSources,
            "related" => Label::FieldRelated,
            "text" => Label::FieldNote,
            "name" => Label::FieldName,
            "services" => Label::FieldServices,
            "languages" => Label::FieldLanguages,
            "phone" => Label::FieldPhone,
            "address" => Label::FieldAddress,
            "position" => Label::FieldPosition,
            "approximate" => Label::FieldApproximate,
            "hours" => Label::FieldHours,
            "hours-checked" => Label::FieldHoursChecked,
            "time-zone" => Label::FieldTimeZone,
            "active" => Label::FieldActive,
            other => return other.to_owned(),
        };
        self.word(label)
    }

    /// A problem in words.
    pub fn problem(&self, problem: &Problem) -> String {
        match problem {
            Problem::Empty(_) => self.word(Label::ProblemEmpty),
            Problem::TooLong(Field::Answer, most) => self.word(Label::ProblemWords { most: &most.to_string() }),
            Problem::TooLong(Field::Phrasings, most) => self.word(Label::ProblemLines { most: &most.to_string() }),
            Problem::TooLong(_, most) => self.word(Label::ProblemLong { most: &most.to_string() }),
            Problem::Form(_, _) => self.word(Label::ProblemForm),
            Problem::Wrong(_) => self.word(Label::ProblemWrong),
        }
    }
}
