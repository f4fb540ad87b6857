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

    // Entries, drafts and states
    NewEntry = "new-entry";
    NewEntryAbout = "new-entry-about";
    FirstLanguage = "first-language";
    ShortName = "short-name";
    ShortNameAbout = "short-name-about";
    EntriesFound { count } = "entries-found";
    Pages = "pages";
    State = "state";
    StateMissing = "state-missing";
    StatePublished = "state-published";
    StateOutdated = "state-outdated";
    StateWithdrawn = "state-withdrawn";
    StateDraft = "state-draft";
    StateInReview = "state-in-review";
    StateSentBack = "state-sent-back";
    StateRulesChanged = "state-rules-changed";
    DueNever = "due-never";
    DueFine = "due-fine";
    DueSoon = "due-soon";
    DueLate = "due-late";
    KindText = "kind-text";
    KindFacts = "kind-facts";
    KindNote = "kind-note";
    KindOffice = "kind-office";
    ChangeTitle = "change-title";
    ChangeSmall = "change-small";
    ChangeMeaning = "change-meaning";
    ChangeTranslation = "change-translation";
    ChangeSmallAbout = "change-small-about";
    ChangeMeaningAbout = "change-meaning-about";
    ChangeTranslationAbout = "change-translation-about";
    Edit = "edit";
    EditFacts = "edit-facts";
    SaveDraft = "save-draft";
    Submit = "submit";
    Preview = "preview";
    NoPreview = "no-preview";
    Discard = "discard";
    DiscardAbout = "discard-about";
    DraftBy { who, when } = "draft-by";
    TheirVersion { who } = "their-version";
    NotPublished = "not-published";
    PhrasingsCount { count } = "phrasings-count";
    ChangedSince = "changed-since";
    StillCorrect = "still-correct";
    StillCorrectAbout = "still-correct-about";
    CheckedUntil { who, on, until } = "checked-until";
    OutdatedSince { date } = "outdated-since";
    RulesChangedOn { date } = "rules-changed-on";
    Withdraw = "withdraw";
    WithdrawAbout = "withdraw-about";
    WithdrawReason { language } = "withdraw-reason";
    WithdrawnBecause = "withdrawn-because";
    ReviewThis = "review-this";
    History = "history";
    NoHistory = "no-history";
    VersionNumber { number } = "version-number";
    PublishedBy { who, when } = "published-by";
    WhatChanged = "what-changed";
    BringBack = "bring-back";
    Comments = "comments";
    AddComment = "add-comment";
    FieldQuestion = "field-question";
    FieldAnswer = "field-answer";
    FieldPhrasings = "field-phrasings";
    FieldService = "field-service";
    FieldSources = "field-sources";
    FieldRelated = "field-related";
    FieldNote = "field-note";
    FieldName = "field-name";
    FieldServices = "field-services";
    FieldLanguages = "field-languages";
    FieldPhone = "field-phone";
    FieldAddress = "field-address";
    FieldPosition = "field-position";
    FieldApproximate = "field-approximate";
    FieldHours = "field-hours";
    FieldHoursChecked = "field-hours-checked";
    FieldTimeZone = "field-time-zone";
    FieldActive = "field-active";
    QuestionAbout = "question-about";
    AnswerAbout { words } = "answer-about";
    PhrasingsAbout = "phrasings-about";
    PhrasingsWanted { count } = "phrasings-wanted";
    Spelling = "spelling";
    ProblemEmpty = "problem-empty";
    ProblemLong { most } = "problem-long";
    ProblemWords { most } = "problem-words";
    ProblemLines { most } = "problem-lines";
    ProblemForm = "problem-form";
    ProblemWrong = "problem-wrong";
    RelatedAbout = "related-about";
    AllKeys = "all-keys";

    // Trying out
    TryIt = "try-it";
    TryMessage = "try-message";
    TryAbout = "try-about";
    TriedTitle = "tried-title";
    TriedBefore = "tried-before";
    TriedAfter = "tried-after";
    TriedVerdict = "tried-verdict";
    TriedBest = "tried-best";
    TriedWhy = "tried-why";
    VerdictSure = "verdict-sure";
    VerdictSeveral = "verdict-several";
    VerdictSmallTalk = "verdict-small-talk";
    VerdictNothing = "verdict-nothing";
    TriedQuestions { changed, all } = "tried-questions";
    TriedBetter = "tried-better";
    TriedWorse = "tried-worse";
    TriedOther = "tried-other";

    // Review
    ReviewAbout = "review-about";
    NothingToReview = "nothing-to-review";
    FromTable = "from-table";
    TakeThis = "take-this";
    AndMore { count } = "and-more";
    CheckedAgainstSource = "checked-against-source";
    Accept = "accept";
    SendBack = "send-back";
    SendBackReason = "send-back-reason";
    SendBackAbout = "send-back-about";

    // Sources
    SourcesAbout = "sources-about";
    NewSource = "new-source";
    SourceTitle = "source-title";
    SourceAgency = "source-agency";
    SourceYear = "source-year";
    SourceKind = "source-kind";
    SourceLink = "source-link";
    SourceLaw = "source-law";
    SourceDecree = "source-decree";
    SourceCircular = "source-circular";
    SourceKindAgency = "source-kind-agency";
    SourceChangedTitle = "source-changed-title";
    SourceChangedAbout { count } = "source-changed-about";
    SourceChangedDay = "source-changed-day";
    SourceChangedWhat = "source-changed-what";
    SourceChanges = "source-changes";

    // The board
    WaitsForYou = "waits-for-you";
    YourDrafts = "your-drafts";
    Unanswered = "unanswered";
    UnansweredAbout = "unanswered-about";
    BadFeedback = "bad-feedback";
    BadFeedbackAbout = "bad-feedback-about";
    ByTopic = "by-topic";

    // What was done with texts
    DoneSubmitted = "done-submitted";
    DonePublished = "done-published";
    DoneSentBack = "done-sent-back";
    DoneDiscarded = "done-discarded";
    DoneChecked = "done-checked";
    DoneWithdrawn = "done-withdrawn";
    DoneSourceChanged = "done-source-changed";
}
