//! Content items, their states and their problems in words, for staff at the console and in Telegram.

use super::{Label, Phrase, say};
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{Field, Problem};
use crate::domain::content::draft::{Change, DraftState};
use crate::domain::content::item::{ContentItem, Kind};
use crate::domain::content::proposed::Proposed;
use crate::domain::content::text_status::{Due, TextStatus};
use crate::domain::safety::danger::Danger;
use crate::domain::text::lang::Lang;

/// A content item in words.
pub fn item(lang: Lang, item: &ContentItem) -> String {
    let kind = match item.kind() {
        Kind::Text => Label::KindText,
        Kind::Metadata => Label::KindFacts,
        Kind::Note => Label::KindNote,
        Kind::Office => Label::KindOffice,
        Kind::Source => Label::KindSource,
        Kind::Help => Label::DangerHelp,
        Kind::Danger => Label::NavDanger,
        Kind::Reason => Label::KindReason,
    };
    let kind = say(lang, &kind);
    let subject = match item {
        ContentItem::Proposed(Proposed::Help(danger, _) | Proposed::Danger(danger, _)) => {
            say(lang, &danger_kind(*danger))
        }
        ContentItem::Text(..)
        | ContentItem::Metadata(_)
        | ContentItem::Note(..)
        | ContentItem::Office(..)
        | ContentItem::Proposed(_) => item.subject(),
    };
    match item.lang() {
        Some(lang) => format!("{kind} {subject} ({})", lang.name()),
        None => format!("{kind} {subject}"),
    }
}

/// The label of a kind of danger.
pub fn danger_kind(kind: Danger) -> Label<'static> {
    match kind {
        Danger::Medical => Label::DangerMedical,
        Danger::Suicide => Label::DangerSuicide,
        Danger::Violence => Label::DangerViolence,
        Danger::Stranger => Label::DangerStranger,
        Danger::Child => Label::DangerChild,
        Danger::Trafficking => Label::DangerTrafficking,
        Danger::Arrest => Label::DangerArrest,
    }
}

/// A draft's state in words.
pub fn draft_state(lang: Lang, state: DraftState) -> String {
    let label = match state {
        DraftState::Draft => Label::StateDraft,
        DraftState::InReview => Label::StateInReview,
        DraftState::SentBack => Label::StateSentBack,
    };
    say(lang, &label)
}

/// The status of a text, in words.
pub fn text_state(lang: Lang, state: TextStatus) -> String {
    let label = match state {
        TextStatus::Missing => Label::StateMissing,
        TextStatus::Published => Label::StatePublished,
        TextStatus::Outdated => Label::StateOutdated,
        TextStatus::Withdrawn => Label::StateWithdrawn,
    };
    say(lang, &label)
}

/// Whether a text's verification is due, in words.
pub fn due(lang: Lang, due: Due) -> String {
    let label = match due {
        Due::Never => Label::DueNever,
        Due::Fine => Label::DueFine,
        Due::Soon => Label::DueSoon,
        Due::Late => Label::DueLate,
    };
    say(lang, &label)
}

/// The label of a kind of change.
pub fn change_label(change: Change) -> Label<'static> {
    match change {
        Change::Small => Label::ChangeSmall,
        Change::Meaning => Label::ChangeMeaning,
        Change::Translation => Label::ChangeTranslation,
    }
}

/// A kind of change in words.
pub fn change(lang: Lang, change: Change) -> String {
    say(lang, &change_label(change))
}

/// What a kind of change does, in words.
pub fn change_about(lang: Lang, change: Change) -> String {
    let label = match change {
        Change::Small => Label::ChangeSmallAbout,
        Change::Meaning => Label::ChangeMeaningAbout,
        Change::Translation => Label::ChangeTranslationAbout,
    };
    say(lang, &label)
}

/// The name of an aspect as people read it.
pub fn aspect_name(aspect: Aspect) -> Phrase<'static> {
    match aspect {
        Aspect::Papers => Phrase::AspectPapers,
        Aspect::Cost => Phrase::AspectCost,
        Aspect::How => Phrase::AspectHow,
        Aspect::Where => Phrase::AspectWhere,
        Aspect::Time => Phrase::AspectTime,
        Aspect::Refused => Phrase::AspectRefused,
        Aspect::NoPapers => Phrase::AspectNoPapers,
        Aspect::Family => Phrase::AspectFamily,
        Aspect::Rights => Phrase::AspectRights,
    }
}

/// What belongs into the part of an aspect.
pub fn aspect_about(aspect: Aspect) -> Label<'static> {
    match aspect {
        Aspect::Papers => Label::AspectPapersAbout,
        Aspect::Cost => Label::AspectCostAbout,
        Aspect::How => Label::AspectHowAbout,
        Aspect::Where => Label::AspectWhereAbout,
        Aspect::Time => Label::AspectTimeAbout,
        Aspect::Refused => Label::AspectRefusedAbout,
        Aspect::NoPapers => Label::AspectNoPapersAbout,
        Aspect::Family => Label::AspectFamilyAbout,
        Aspect::Rights => Label::AspectRightsAbout,
    }
}

/// A field's name in words; fields are named as in [`crate::domain::content::body::Body::lines`].
pub fn field(lang: Lang, field: &str) -> String {
    if let Some(aspect) = Aspect::parse(field) {
        return say(lang, &aspect_name(aspect));
    }
    let label = match field {
        "question" => Label::FieldQuestion,
        "apart" => Label::FieldApart,
        "answer" => Label::FieldAnswer,
        "provenance" => Label::FieldProvenance,
        "discreet" => Label::FieldDiscreet,
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
        "source-title" => Label::SourceTitle,
        "source-kind" => Label::SourceKind,
        "source-agency" => Label::SourceAgency,
        "source-year" => Label::SourceYear,
        "source-link" => Label::SourceLink,
        "help" => Label::DangerHelp,
        "danger-alarm" => Label::DangerAlarm,
        "danger-care" => Label::DangerCare,
        "danger-none" => Label::DangerNone,
        "danger-own" => Label::DangerOwn,
        "danger-off" => Label::DangerOff,
        "reason" => Label::KindReason,
        other => return other.to_owned(),
    };
    say(lang, &label)
}

/// A problem in words.
pub fn problem(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::Empty(_) => say(lang, &Label::ProblemEmpty),
        Problem::TooLong(Field::Answer | Field::Apart | Field::Part(_), most) => {
            say(lang, &Label::ProblemWords { most: &most.to_string() })
        }
        Problem::TooLong(Field::Phrasings, most) => say(lang, &Label::ProblemLines { most: &most.to_string() }),
        Problem::TooLong(_, most) => say(lang, &Label::ProblemLong { most: &most.to_string() }),
        Problem::Form(_, _) => say(lang, &Label::ProblemForm),
        Problem::Wrong(_) => say(lang, &Label::ProblemWrong),
    }
}
