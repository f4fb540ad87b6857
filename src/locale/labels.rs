//! Every phrase that the console says to staff, as a type.

use super::spoken::phrases;

phrases! {
    /// A phrase of the console, with what has to be filled in.
    Label,

    // The frame of every page
    Console = "console";
    Skip = "skip";
    Menu = "menu";
    NavBoard = "nav-board";
    NavEntries = "nav-entries";
    NavReview = "nav-review";
    NavOffices = "nav-offices";
    NavSources = "nav-sources";
    NavMunicipalities = "nav-municipalities";
    NavTables = "nav-tables";
    NavFigures = "nav-figures";
    NavStaff = "nav-staff";
    NavAudit = "nav-audit";
    NavSettings = "nav-settings";
    NavOwn = "nav-own";
    SignOut = "sign-out";
    ToTheChat = "to-the-chat";
    LiveAt { live, replicas } = "live-at";
    Save = "save";
    Cancel = "cancel";
    Back = "back";
    Optional = "optional";
    All = "all";
    None = "none";
    Yes = "yes";
    No = "no";
    Language = "language";
    Topic = "topic";
    Municipality = "municipality";
    Filter = "filter";
    Search = "search";
    Earlier = "earlier";
    Later = "later";
    Nothing = "nothing";

    // Signing in
    SignIn = "sign-in";
    SignInAbout = "sign-in-about";
    LoginName = "login-name";
    Password = "password";
    Code = "code";
    CodeAbout = "code-about";

    // Coming by an invitation
    InvitationTitle = "invitation-title";
    InvitationAbout { who, role } = "invitation-about";
    InvitationGone = "invitation-gone";
    LoginNameAbout = "login-name-about";
    Name = "name";
    NameAbout = "name-about";
    ShownAs = "shown-as";
    ShownAsAbout = "shown-as-about";
    PasswordAbout { least } = "password-about";
    PasswordAgain = "password-again";
    CreateAccount = "create-account";

    // One's own account
    OwnTitle = "own-title";
    OwnRole = "own-role";
    ChangePassword = "change-password";
    OldPassword = "old-password";
    NewPassword = "new-password";
    SecondFactor = "second-factor";
    SecondFactorAbout = "second-factor-about";
    SecondFactorIsOn = "second-factor-is-on";
    SecondFactorScan = "second-factor-scan";
    SecondFactorPicture = "second-factor-picture";
    SecondFactorWords { words } = "second-factor-words";
    TurnOn = "turn-on";
    TurnOff = "turn-off";
    Sessions = "sessions";
    SessionsAbout { count } = "sessions-about";
    EndSessions = "end-sessions";

    // Staff
    StaffTitle = "staff-title";
    Invite = "invite";
    InviteAbout = "invite-about";
    InviteLink = "invite-link";
    InviteLinkAbout = "invite-link-about";
    Role = "role";
    RoleAuthor = "role-author";
    RoleReviewer = "role-reviewer";
    RoleAdministrator = "role-administrator";
    RoleObserver = "role-observer";
    RoleAuthorAbout = "role-author-about";
    RoleReviewerAbout = "role-reviewer-about";
    RoleAdministratorAbout = "role-administrator-about";
    RoleObserverAbout = "role-observer-about";
    Limits = "limits";
    LimitsAbout = "limits-about";
    LimitMunicipality = "limit-municipality";
    LimitLanguages = "limit-languages";
    LimitTopics = "limit-topics";
    MakeInvitation = "make-invitation";
    EndAccount = "end-account";
    EndAccountAbout { name } = "end-account-about";
    EndedAccounts = "ended-accounts";
    HasSecondFactor = "has-second-factor";

    // What was done
    DoneSaved = "done-saved";
    DonePassword = "done-password";
    DoneSecondOn = "done-second-on";
    DoneSecondOff = "done-second-off";
    DoneSessions = "done-sessions";
    DoneEnded = "done-ended";

    // Why something was not done
    RefusedTitle = "refused-title";
    RefusedNoRight = "refused-no-right";
    RefusedGone = "refused-gone";
    RefusedOwnText = "refused-own-text";
    RefusedChanged = "refused-changed";
    RefusedWrongState = "refused-wrong-state";
    RefusedProblems = "refused-problems";
    RefusedNoReason = "refused-no-reason";
    RefusedSignIn = "refused-sign-in";
    RefusedTooMany { seconds } = "refused-too-many";
    RefusedInvitation = "refused-invitation";
    RefusedLoginTaken = "refused-login-taken";
    RefusedLogin = "refused-login";
    RefusedName = "refused-name";
    RefusedPassword { least } = "refused-password";
    RefusedPasswordsDiffer = "refused-passwords-differ";
    RefusedCode = "refused-code";
    RefusedLastAdministrator = "refused-last-administrator";
    RefusedWider = "refused-wider";
    RefusedKey = "refused-key";
    RefusedInvalid = "refused-invalid";
}
