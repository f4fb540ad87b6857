//! What was done, in words: the audit log keeps codes, people read these.

use crate::domain::audit_action::AuditAction;
use crate::locale::Label;

/// What somebody did, said after their name.
pub(super) fn audit_words(action: AuditAction) -> Label<'static> {
    match action {
        AuditAction::Invite => Label::AuditInvite,
        AuditAction::Join => Label::AuditJoin,
        AuditAction::SignIn => Label::AuditSignIn,
        AuditAction::SignOut => Label::AuditSignOut,
        AuditAction::EndSessions => Label::AuditEndSessions,
        AuditAction::ChangeRole => Label::AuditChangeRole,
        AuditAction::EndAccount => Label::AuditEndAccount,
        AuditAction::ChangeNames => Label::AuditChangeNames,
        AuditAction::ChangePassword => Label::AuditChangePassword,
        AuditAction::SecondFactorOn => Label::AuditSecondFactorOn,
        AuditAction::SecondFactorOff => Label::AuditSecondFactorOff,
        AuditAction::NewEntry => Label::AuditNewEntry,
        AuditAction::Submit => Label::AuditSubmit,
        AuditAction::Discard => Label::AuditDiscard,
        AuditAction::Publish => Label::AuditPublish,
        AuditAction::SendBack => Label::AuditSendBack,
        AuditAction::StillCorrect => Label::AuditStillCorrect,
        AuditAction::Withdraw => Label::AuditWithdraw,
        AuditAction::SaveSource => Label::AuditSaveSource,
        AuditAction::SourceChanged => Label::AuditSourceChanged,
        AuditAction::NewOffice => Label::AuditNewOffice,
        AuditAction::ProposeNote => Label::AuditProposeNote,
        AuditAction::NewMunicipality => Label::AuditNewMunicipality,
        AuditAction::SaveMunicipality => Label::AuditSaveMunicipality,
        AuditAction::ChooseOverdue => Label::AuditChooseOverdue,
        AuditAction::ImportTable => Label::AuditImportTable,
        AuditAction::ChangeSetting => Label::AuditChangeSetting,
        AuditAction::KeepQuestions => Label::AuditKeepQuestions,
        AuditAction::RemoveQuestion => Label::AuditRemoveQuestion,
        AuditAction::ChangeDanger => Label::AuditChangeDanger,
        AuditAction::ChangeHelp => Label::AuditChangeHelp,
        AuditAction::ClaimQuestion => Label::AuditClaimQuestion,
        AuditAction::AnswerQuestion => Label::AuditAnswerQuestion,
        AuditAction::GiveBackQuestion => Label::AuditGiveBackQuestion,
        AuditAction::HandQuestion => Label::AuditHandQuestion,
        AuditAction::MoveQuestion => Label::AuditMoveQuestion,
        AuditAction::CloseQuestion => Label::AuditCloseQuestion,
        AuditAction::TeachGap => Label::AuditTeachGap,
        AuditAction::WriteGap => Label::AuditWriteGap,
        AuditAction::RefuseGap => Label::AuditRefuseGap,
        AuditAction::IgnoreGap => Label::AuditIgnoreGap,
    }
}
