//! What can be done at the console, as the audit log names it.

macro_rules! actions {
    ($( #[doc = $doc:literal] $name:ident = $code:literal; )+) => {
        /// Something that the audit log tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum AuditAction {
            $( #[doc = $doc] $name, )+
        }

        impl AuditAction {
            /// All that there are.
            pub const ALL: &'static [AuditAction] = &[$( AuditAction::$name, )+];

            /// Its code in the table and in exported files: it never changes.
            pub fn code(self) -> &'static str {
                match self { $( AuditAction::$name => $code, )+ }
            }

            /// The action with this code.
            pub fn parse(code: &str) -> Option<AuditAction> {
                match code { $( $code => Some(AuditAction::$name), )+ _ => None }
            }
        }
    };
}

actions! {
    /// Somebody was invited.
    Invite = "invite";
    /// An invitation was taken back.
    TakeBackInvitation = "take-back-invitation";
    /// An invitation became an account.
    Join = "join";
    /// A session began.
    SignIn = "sign-in";
    /// Tries to sign in failed, so many on a day.
    FailedSignIns = "failed-sign-ins";
    /// A session was ended by its owner.
    SignOut = "sign-out";
    /// One's other sessions were ended.
    EndSessions = "end-sessions";
    /// A role or its limits changed.
    ChangeRole = "change-role";
    /// An account was ended.
    EndAccount = "end-account";
    /// One's name or language changed.
    ChangeNames = "change-names";
    /// Somebody was given the name that people see.
    ChangeShownAs = "change-shown-as";
    /// One's password changed.
    ChangePassword = "change-password";
    /// A second factor was turned on.
    SecondFactorOn = "second-factor-on";
    /// A second factor was turned off.
    SecondFactorOff = "second-factor-off";
    /// A second factor was put in the place of another.
    SecondFactorReplaced = "second-factor-replaced";
    /// A recovery code was used in the place of the second factor.
    UseRecoveryCode = "use-recovery-code";
    /// Recovery codes were made anew.
    NewRecoveryCodes = "new-recovery-codes";
    /// A link was made by which somebody else chooses a new password.
    MakePasswordLink = "make-password-link";
    /// A new password was chosen by such a link.
    UsePasswordLink = "use-password-link";
    /// Somebody else's lost second factor was turned off.
    LostFactorOff = "lost-factor-off";
    /// Messages that could not be delivered were sent again.
    TryAgainUndelivered = "undelivered-tried-again";
    /// Messages that could not be delivered were dropped.
    DropUndelivered = "undelivered-dropped";
    /// A new entry was begun.
    NewEntry = "new-entry";
    /// A draft was given to the reviewers.
    Submit = "submit";
    /// A draft was dropped.
    Discard = "discard";
    /// A draft was published.
    Publish = "publish";
    /// A draft was sent back to its author.
    SendBack = "send-back";
    /// Somebody stands behind an entry.
    Verify = "still-correct";
    /// A text was taken back.
    Withdraw = "withdraw";
    /// A source was written or corrected.
    SaveSource = "save-source";
    /// A source was found to have changed.
    SourceChanged = "source-changed";
    /// A new office was begun.
    NewOffice = "new-office";
    /// A note was proposed for the text of all.
    ProposeNote = "propose-note";
    /// A municipality was added.
    NewMunicipality = "new-municipality";
    /// A municipality was corrected.
    SaveMunicipality = "save-municipality";
    /// A municipality chose what becomes of its overdue answers.
    ChooseOverdue = "choose-overdue";
    /// A spreadsheet became drafts.
    ImportSpreadsheet = "import-table";
    /// A folder, or the starter pack, was compared with what is published, and taken over.
    ImportPack = "import-pack";
    /// A setting changed.
    ChangeSetting = "change-setting";
    /// Labelled questions were added.
    KeepQuestions = "keep-questions";
    /// A labelled question was removed.
    RemoveQuestion = "remove-question";
    /// Words of danger changed.
    ChangeDanger = "change-danger";
    /// A line of help changed.
    ChangeHelp = "change-help";
    /// A code was made to link an account with Telegram.
    MakeTelegramCode = "make-telegram-code";
    /// An account was linked with Telegram.
    LinkTelegram = "link-telegram";
    /// An account is not linked with Telegram any more.
    UnlinkTelegram = "unlink-telegram";
    /// A group in Telegram was chosen for questions.
    SetGroup = "set-group";
    /// A group in Telegram is not told of questions any more.
    DropGroup = "drop-group";
    /// A person's question was taken.
    ClaimQuestion = "claim-question";
    /// A person's question was answered.
    AnswerQuestion = "answer-question";
    /// A person's question was given back to all.
    GiveBackQuestion = "give-back-question";
    /// A person's question was given to a colleague.
    HandQuestion = "hand-question";
    /// A person's question was given to another municipality.
    MoveQuestion = "move-question";
    /// A person's question was closed.
    CloseQuestion = "close-question";
    /// Words without an answer became a phrasing.
    TeachUnanswered = "gap-taught";
    /// An entry was begun for words without an answer.
    WriteUnanswered = "gap-written";
    /// Words without an answer are none of the municipality's business.
    RefuseUnanswered = "gap-not-for-us";
    /// Words without an answer were dropped.
    IgnoreUnanswered = "gap-ignored";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_code() {
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::parse(action.code()), Some(*action));
        }
        assert_eq!(AuditAction::parse("of-a-newer-version"), None);
    }
}
