//! Why a use case of staff was not done: a refusal that the person can act on, or an internal error.

use super::internal_error::InternalError;
use crate::app::staff::password::SHORTEST;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::store::StoreError;

/// Why an action was not done; nothing has changed.
#[derive(Debug, Clone)]
pub enum AppError {
    /// The person can act on it.
    Refused(Refusal),
    /// An internal error, which is logged; we have to fix it.
    Failed(InternalError),
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> AppError {
        AppError::Refused(refusal)
    }
}

impl From<InternalError> for AppError {
    fn from(fault: InternalError) -> AppError {
        AppError::Failed(fault)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> AppError {
        if error.is_no_text() {
            return Refusal::Invalid.into();
        }
        AppError::Failed(InternalError::new("use the database", error))
    }
}

/// Refuses unless the condition holds.
pub(in crate::app) fn ensure(holds: bool, refusal: Refusal) -> Result<(), AppError> {
    if holds { Ok(()) } else { Err(refusal.into()) }
}

/// A refusal in words.
pub fn refusal_in_words(lang: Lang, refusal: &Refusal) -> String {
    let least = SHORTEST.to_string();
    let label = match refusal {
        Refusal::NoRight => Label::RefusedNoRight,
        Refusal::Gone => Label::RefusedGone,
        Refusal::OwnText => Label::RefusedOwnText,
        Refusal::Changed => Label::RefusedChanged,
        Refusal::WrongState => Label::RefusedWrongState,
        Refusal::Waits => Label::RefusedWaits,
        Refusal::Taken => Label::RefusedTaken,
        Refusal::Problems(_) => Label::RefusedProblems,
        Refusal::NoReason => Label::RefusedNoReason,
        Refusal::SignIn => Label::RefusedSignIn,
        Refusal::TooMany(seconds) => return say(lang, &Label::RefusedTooMany { seconds: &seconds.to_string() }),
        Refusal::Busy => Label::RefusedBusy,
        Refusal::Invitation => Label::RefusedInvitation,
        Refusal::PasswordLink => Label::RefusedPasswordLink,
        Refusal::OwnAccount => Label::RefusedOwnAccount,
        Refusal::LoginTaken => Label::RefusedLoginTaken,
        Refusal::Login => Label::RefusedLogin,
        Refusal::Name => Label::RefusedName,
        Refusal::Password => Label::RefusedPassword { least: &least },
        Refusal::PasswordsDiffer => Label::RefusedPasswordsDiffer,
        Refusal::Code => Label::RefusedCode,
        Refusal::LastAdministrator => Label::RefusedLastAdministrator,
        Refusal::Wider => Label::RefusedWider,
        Refusal::Key => Label::RefusedKey,
        Refusal::NotSure => Label::RefusedNotSure,
        Refusal::Invalid => Label::RefusedInvalid,
        Refusal::NothingDiffers => Label::RefusedNothingDiffers,
        Refusal::TooLong => Label::RefusedTooLong,
        Refusal::DialogueOver => Label::RefusedDialogueOver,
    };
    say(lang, &label)
}
