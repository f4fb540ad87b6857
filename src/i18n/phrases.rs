//! All phrases of the bot as variants of one type: a phrase that has no words in a language fails a test.

use super::phrase::phrases;

phrases! {
    /// A phrase of the bot, with its arguments.
    Phrase,
    // Start
    Hello = "hello";
    ChooseLanguage = "choose-language";
    PrivacyShort = "privacy-short";
    MenuTitle = "menu-title";
    AskInWords = "ask-in-words";
    LanguageChosen = "language-chosen";
    Help = "help";
    About = "about";

    // Buttons
    ButtonMenu = "button-menu";
    ButtonTopics = "button-topics";
    ButtonOffices = "button-offices";
    ButtonAsk = "button-ask";
    ButtonLanguage = "button-language";
    ButtonHelp = "button-help";
    ButtonPrivacy = "button-privacy";
    ButtonForget = "button-forget";
    ButtonBack = "button-back";
    ButtonNone = "button-none";
    ButtonUseful = "button-useful";
    ButtonNotUseful = "button-not-useful";
    ButtonOfficeInCharge = "button-office-in-charge";
    ButtonInLanguage { language } = "button-in-language";
    ButtonAlwaysIn { language } = "button-always-in";
    ButtonSharePlace = "button-share-place";
    ButtonServices = "button-services";
    ButtonMunicipalities = "button-municipalities";
    ButtonMine { place } = "button-mine";
    ButtonMap = "button-map";
    ButtonForgetYes = "button-forget-yes";
    ButtonForgetNo = "button-forget-no";

    // Topics and answers
    TopicsTitle = "topics-title";
    TopicTitle { topic } = "topic-title";
    Sources = "sources";
    NotChecked = "not-checked";
    Checked { who, date, until } = "checked";
    RulesChanged { date } = "rules-changed";
    Outdated { date } = "outdated";
    Withdrawn { reason } = "withdrawn";
    BeingChecked = "being-checked";
    CheckedLate { date } = "checked-late";
    LocalNote { place } = "local-note";
    OtherLanguage { language } = "other-language";
    FollowsOn { question } = "follows-on";
    AspectPapers = "aspect-papers";
    AspectCost = "aspect-cost";
    AspectHow = "aspect-how";
    AspectWhere = "aspect-where";
    AspectTime = "aspect-time";
    AspectRefused = "aspect-refused";
    AspectNoPapers = "aspect-no-papers";
    AspectFamily = "aspect-family";
    AspectRights = "aspect-rights";
    PartTitle { question, aspect } = "part-title";
    AlreadySaid = "already-said";
    MissingPapers = "missing-papers";
    MissingCost = "missing-cost";
    MissingHow = "missing-how";
    MissingWhere = "missing-where";
    MissingTime = "missing-time";
    MissingRefused = "missing-refused";
    MissingNoPapers = "missing-no-papers";
    MissingFamily = "missing-family";
    MissingRights = "missing-rights";
    MissingAsk = "missing-ask";
    MissingAskAnywhere = "missing-ask-anywhere";
    NotCheckedShort = "not-checked-short";
    CheckedShort { who, date } = "checked-short";
    ButtonMore = "button-more";
    Useful = "useful";
    VotedUseful = "voted-useful";
    VotedNotUseful = "voted-not-useful";
    Several = "several";
    NothingFound = "nothing-found";
    NothingNext = "nothing-next";
    LinesOfHelp = "lines-of-help";
    NoneFitted = "none-fitted";
    OldButton = "old-button";
    OldLink = "old-link";

    // Offices
    OfficesMenu = "offices-menu";
    AskPlace = "ask-place";
    ServicesTitle = "services-title";
    MunicipalitiesTitle = "municipalities-title";
    OfficesNear = "offices-near";
    OfficesFar { km } = "offices-far";
    OfficesIn { place } = "offices-in";
    OfficesFor { service } = "offices-for";
    NoOffice = "no-office";
    PlaceNotFound = "place-not-found";
    PlaceChosen { place } = "place-chosen";
    Distance { km } = "distance";
    OpenUntil { time } = "open-until";
    OpenAlways = "open-always";
    OpensNext { when } = "opens-next";
    Closed = "closed";
    OpenOnDay { day, times } = "open-on-day";
    ClosedOnDay { day } = "closed-on-day";
    WhereElsewhere { place } = "where-elsewhere";
    WhereInstead = "where-instead";
    HoursNotChecked = "hours-not-checked";
    OfficeAddress { address } = "office-address";
    OfficeNoAddress = "office-no-address";
    OfficePhone { phone, call } = "office-phone";
    OfficeLanguages { languages } = "office-languages";
    OfficeServices { services } = "office-services";
    OfficeApproximate = "office-approximate";

    // Danger
    DangerMedical = "danger-medical";
    DangerSuicide = "danger-suicide";
    DangerViolence = "danger-violence";
    DangerChild = "danger-child";
    DangerTrafficking = "danger-trafficking";
    DangerArrest = "danger-arrest";
    DangerStranger = "danger-stranger";
    DangerSay = "danger-say";
    DangerNext = "danger-next";
    DangerNextSuicide = "danger-next-suicide";
    DangerPerson { when } = "danger-person";
    CopyDanger = "copy-danger";
    CareMedical = "care-medical";
    CareSuicide = "care-suicide";
    CareViolence = "care-violence";
    CareStranger = "care-stranger";
    CareChild = "care-child";
    CareTrafficking = "care-trafficking";
    CareArrest = "care-arrest";
    ButtonHelpNow = "button-help-now";

    // Small talk
    Sorry = "sorry";
    BadNews = "bad-news";
    AboutTalkProgram = "about-talk-program";
    AboutTalkNoHelp = "about-talk-no-help";
    AboutTalkShortest = "about-talk-shortest";
    AboutTalkRestarted = "about-talk-restarted";
    Greeting = "greeting";
    Thanks = "thanks";
    Goodbye = "goodbye";
    News = "news";
    Insult = "insult";
    Photo = "photo";
    Voice = "voice";
    Sticker = "sticker";
    OtherMedia = "other-media";
    NoWords = "no-words";
    TooLong = "too-long";

    // Privacy
    PrivacyPlain = "privacy-plain";
    ForgetTitle = "forget-title";
    ForgetLanguage { language } = "forget-language";
    ForgetPlace { place } = "forget-place";
    ForgetQuestion { question } = "forget-question";
    ForgetWords = "forget-words";
    ForgetRest = "forget-rest";
    ForgetDiscreet = "forget-discreet";
    ForgetAsk = "forget-ask";
    Forgotten = "forgotten";
    ForgetKept = "forget-kept";

    // Questions for staff, answers and subscriptions
    ButtonPerson = "button-person";
    ButtonPersonAtOffice = "button-person-at-office";
    ButtonTellMe = "button-tell-me";
    ButtonLeave = "button-leave";
    ButtonLeaveOther = "button-leave-other";
    ButtonLeaveNo = "button-leave-no";
    ButtonWriteQuestion = "button-write-question";
    ButtonTakeBack = "button-take-back";
    ConsentAny = "consent-any";
    ConsentPlace { place } = "consent-place";
    ConsentAbout = "consent-about";
    ConsentWords = "consent-words";
    ConsentMore = "consent-more";
    WriteQuestion = "write-question";
    QuestionLeft = "question-left";
    QuestionLeftNext = "question-left-next";
    ExpectedOpen { time } = "expected-open";
    ExpectedNext { when } = "expected-next";
    ExpectedUnknown = "expected-unknown";
    QuestionWaits = "question-waits";
    QuestionClaimed = "question-claimed";
    QuestionContinued = "question-continued";
    NotLeft = "not-left";
    TakenBack = "taken-back";
    NoQuestion = "no-question";
    NobodyHere = "nobody-here";
    WillTell = "will-tell";
    PersonHere { who } = "person-here";
    PersonAnswers { who } = "person-answers";
    PersonNext = "person-next";
    PersonAway = "person-away";
    PersonLeft = "person-left";
    QuestionMoved { place } = "question-moved";
    QuestionExpired = "question-expired";
    ToldNow = "told-now";
    ReadyWhere = "ready-where";
    ReadyMore = "ready-more";
    ReadyAsking = "ready-asking";
    ReadyCome = "ready-come";
    ForgetHandoff = "forget-handoff";
    ForgetWish = "forget-wish";
    // Complaints
    ButtonOtherQuestion = "button-other-question";
    ButtonUnclear = "button-unclear";
    ButtonWrong = "button-wrong";
    ButtonWriteLine = "button-write-line";
    Complained = "complained";
    AskLine = "ask-line";
    LineTaken = "line-taken";

    // Internal errors and rate limits
    InternalError { code } = "fault";
    TooMany { seconds } = "too-many";

    // Days
    Date { day, month, year } = "date";
    WeekdayTime { weekday, time } = "weekday-time";

    // Texts of the bot's profile in Telegram
    BotName = "bot-name";
    BotDescription = "bot-description";
    BotShort = "bot-short";
    CommandStart = "command-start";
    CommandTopics = "command-topics";
    CommandOffices = "command-offices";
    CommandLanguage = "command-language";
    CommandPrivacy = "command-privacy";
    CommandForget = "command-forget";
    CommandHelp = "command-help";
    CommandAbout = "command-about";
    CommandStop = "command-stop";

    // The web chat
    WebSkip = "web-skip";
    WebTalk = "web-talk";
    WebInput = "web-input";
    WebExample = "web-example";
    WebSend = "web-send";
    WebYou = "web-you";
    WebBot = "web-bot";
    WebPressed = "web-pressed";
    WebLanguages = "web-languages";
    WebNotFound = "web-not-found";
    WebExpired = "web-expired";
    WebRefused = "web-refused";
    WebTooMany = "web-too-many";
    WebTooLong = "web-too-long";
    WebTooSlow = "web-too-slow";
    WebNoCookies = "web-no-cookies";
    WebPhoneMap = "web-phone-map";

    // The terminal
    TerminalHint = "terminal-hint";
    TerminalPrompt = "terminal-prompt";
    TerminalNoButton = "terminal-no-button";

    // The full privacy notice
    ButtonPrivacyFull = "button-privacy-full";
    ButtonCopy = "button-copy";
    CopyName = "copy-name";
    CopyHere = "copy-here";
    CopyTitle { when } = "copy-title";
    CopyLastDay { day } = "copy-last-day";
    CopyMemory { until } = "copy-memory";
    CopyTalk = "copy-talk";
    CopyQuestion { until } = "copy-question";
    CopyWish { until } = "copy-wish";
    CopyWaiting { count } = "copy-waiting";
    CopyRest = "copy-rest";
    CopyDiscreet { count } = "copy-discreet";
    PrivacyWho = "privacy-who";
    PrivacyNobody = "privacy-nobody";
    PrivacyKept { minutes, days } = "privacy-kept";
    PrivacySeen = "privacy-seen";
    PrivacyErase = "privacy-erase";

    // Discreet topics
    ButtonRetract = "button-retract";
}
