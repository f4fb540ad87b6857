//! The actions that the audit log records, with their codes.

macro_rules! actions {
    ($( #[doc = $doc:literal] $name:ident = $code:literal; )+) => {
        /// An action in the audit log.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum AuditAction {
            $( #[doc = $doc] $name, )+
        }

        impl AuditAction {
            /// All actions.
            pub const ALL: &'static [AuditAction] = &[$( AuditAction::$name, )+];

            /// Its code in the database and in exported files; it never changes.
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
    /// An invitation was withdrawn.
    TakeBackInvitation = "take-back-invitation";
    /// An invitation was accepted and became an account.
    Join = "join";
    /// A session began.
    SignIn = "sign-in";
    /// Attempts to sign in failed; one line a day with their number.
    FailedSignIns = "failed-sign-ins";
    /// A session was ended by its owner.
    SignOut = "sign-out";
    /// Somebody ended their own other sessions.
    EndSessions = "end-sessions";
    /// An account's role or limits changed.
    ChangeRole = "change-role";
    /// An account was ended.
    EndAccount = "end-account";
    /// Somebody changed their own name or language.
    ChangeNames = "change-names";
    /// The name under which people see an account changed.
    ChangeShownAs = "change-shown-as";
    /// Somebody changed their own password.
    ChangePassword = "change-password";
    /// A second factor was turned on.
    SecondFactorOn = "second-factor-on";
    /// A second factor was turned off.
    SecondFactorOff = "second-factor-off";
    /// A second factor was replaced by another.
    SecondFactorReplaced = "second-factor-replaced";
    /// A recovery code was used instead of the second factor.
    UseRecoveryCode = "use-recovery-code";
    /// New recovery codes were created.
    NewRecoveryCodes = "new-recovery-codes";
    /// A link was created by which somebody else chooses a new password.
    MakePasswordLink = "make-password-link";
    /// A new password was chosen by such a link.
    UsePasswordLink = "use-password-link";
    /// The lost second factor of somebody else was turned off.
    LostFactorOff = "lost-factor-off";
    /// Messages that could not be delivered were sent again.
    TryAgainUndelivered = "undelivered-tried-again";
    /// Messages that could not be delivered were deleted.
    DropUndelivered = "undelivered-dropped";
    /// A new entry was begun.
    NewEntry = "new-entry";
    /// A draft was submitted for review.
    Submit = "submit";
    /// A draft was discarded.
    Discard = "discard";
    /// A draft was published.
    Publish = "publish";
    /// A draft was sent back to its author.
    SendBack = "send-back";
    /// An entry was verified again ("still correct").
    Verify = "still-correct";
    /// Somebody said that a native speaker has read a text.
    NativeRead = "native-read";
    /// A text was withdrawn.
    Withdraw = "withdraw";
    /// A source was added or corrected.
    SaveSource = "save-source";
    /// A source was reported as changed.
    SourceChanged = "source-changed";
    /// A new office was begun.
    NewOffice = "new-office";
    /// A note was proposed as a change of the text shared by all municipalities.
    ProposeNote = "propose-note";
    /// A municipality was added.
    NewMunicipality = "new-municipality";
    /// A municipality was corrected.
    SaveMunicipality = "save-municipality";
    /// A municipality chose what people are shown for overdue answers.
    ChooseOverdue = "choose-overdue";
    /// A spreadsheet was imported as drafts.
    ImportSpreadsheet = "import-table";
    /// A folder or the starter pack was compared with what is published, and imported.
    ImportPack = "import-pack";
    /// A setting changed.
    ChangeSetting = "change-setting";
    /// Labelled questions were added to the evaluation.
    KeepQuestions = "keep-questions";
    /// A labelled question was removed from the evaluation.
    RemoveQuestion = "remove-question";
    /// The danger words changed.
    ChangeDanger = "change-danger";
    /// A line of help changed.
    ChangeHelp = "change-help";
    /// A code to link an account with Telegram was created.
    MakeTelegramCode = "make-telegram-code";
    /// An account was linked with Telegram.
    LinkTelegram = "link-telegram";
    /// An account was unlinked from Telegram.
    UnlinkTelegram = "unlink-telegram";
    /// A Telegram group was chosen for announcing questions.
    SetGroup = "set-group";
    /// A Telegram group was removed: it gets no more questions.
    DropGroup = "drop-group";
    /// A person's question was claimed.
    ClaimQuestion = "claim-question";
    /// A person's question was answered.
    AnswerQuestion = "answer-question";
    /// The claim on a person's question was given up.
    GiveBackQuestion = "give-back-question";
    /// A person's question was handed to a colleague.
    HandQuestion = "hand-question";
    /// A person's question was moved to another municipality.
    MoveQuestion = "move-question";
    /// A person's question was closed.
    CloseQuestion = "close-question";
    /// Unanswered words became a phrasing.
    TeachUnanswered = "gap-taught";
    /// An entry was begun for unanswered words.
    WriteUnanswered = "gap-written";
    /// Unanswered words were closed as not the municipality's business.
    RefuseUnanswered = "gap-not-for-us";
    /// Unanswered words were deleted.
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
