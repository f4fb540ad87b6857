//! Every phrase of the program as a type: a phrase without words in a language fails a test, not a person.

macro_rules! phrases {
    ($( $(#[$doc:meta])* $name:ident $({ $($arg:ident),+ })? = $id:literal; )+) => {
        /// A phrase with what has to be filled in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words in locales/ are their own description")]
        pub enum Phrase<'a> {
            $( $(#[$doc])* $name $({ $($arg: &'a str),+ })?, )+
            #[doc(hidden)]
            #[cfg(test)]
            Unused(&'a str),
        }

        impl<'a> Phrase<'a> {
            /// Its name in the Fluent files.
            pub fn id(&self) -> &'a str {
                match self {
                    $( Phrase::$name $({ $($arg: _),+ })? => $id, )+
                    #[cfg(test)]
                    Phrase::Unused(id) => id,
                }
            }

            /// What has to be filled in: names and values.
            pub fn args(&self) -> Vec<(&'static str, &'a str)> {
                match self {
                    $( Phrase::$name $({ $($arg),+ })? => vec![$($( (stringify!($arg), *$arg) ),+)?], )+
                    #[cfg(test)]
                    Phrase::Unused(_) => vec![],
                }
            }

            /// Every phrase, with the names of its arguments.
            #[cfg(test)]
            pub(crate) const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$( ($id, &[$($( stringify!($arg) ),+)?]) ),+];
        }
    };
}

phrases! {
    // Beginning
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
    Checked { who, date } = "checked";
    CheckedLate { date } = "checked-late";
    LocalNote { place } = "local-note";
    OtherLanguage { language } = "other-language";
    FollowsOn { question } = "follows-on";
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
    DangerNext = "danger-next";

    // What is no question
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
    PrivacyFull = "privacy-full";
    ForgetTitle = "forget-title";
    ForgetLanguage { language } = "forget-language";
    ForgetPlace { place } = "forget-place";
    ForgetQuestion { question } = "forget-question";
    ForgetWords = "forget-words";
    ForgetNothing = "forget-nothing";
    ForgetAsk = "forget-ask";
    Forgotten = "forgotten";
    ForgetKept = "forget-kept";

    // When we fail
    Fault { code } = "fault";

    // Days
    Date { day, month, year } = "date";
    WeekdayTime { weekday, time } = "weekday-time";

    // Telegram's own pages
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

    // The chat page
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
    WebPhoneMap = "web-phone-map";

    // The terminal
    TerminalHint = "terminal-hint";
    TerminalPrompt = "terminal-prompt";
    TerminalNoButton = "terminal-no-button";
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::Phrase;
    use crate::domain::lang::Lang;
    use crate::domain::rich::Rich;
    use crate::domain::spelling::misspelt;
    use crate::locale::bundles::FILES;
    use crate::locale::say;

    fn arguments(pattern: &Pattern<&str>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                match expression {
                    Expression::Inline(InlineExpression::VariableReference { id }) => {
                        names.insert(id.name.to_owned());
                    }
                    Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
                    other => panic!("a form that this test cannot check: {other:?}"),
                }
            }
        }
        names
    }

    fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for file in FILES {
            let text = lang.file(file).unwrap_or_else(|| panic!("{lang} has no {file}"));
            let resource =
                fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{lang}: {errors:?}"));
            for entry in resource.body {
                if let Entry::Message(message) = entry {
                    let pattern = message.value.expect("every message has words");
                    let before = found.insert(message.id.name.to_owned(), arguments(&pattern));
                    assert!(before.is_none(), "{lang}: {} stands twice", message.id.name);
                }
            }
        }
        found
    }

    #[test]
    fn every_phrase_has_words_and_the_same_arguments_in_every_language_and_no_word_is_left_over() {
        let wanted: BTreeMap<String, BTreeSet<String>> = Phrase::ALL
            .iter()
            .map(|(id, args)| ((*id).to_owned(), args.iter().map(|arg| (*arg).to_owned()).collect()))
            .collect();
        for lang in Lang::all() {
            assert_eq!(messages(lang), wanted, "locales/{lang}");
        }
    }

    #[test]
    fn every_phrase_can_be_shown() {
        for lang in Lang::all() {
            for (id, _) in Phrase::ALL {
                let words = say(lang, &Phrase::Unused(id));
                assert!(Rich::parse(&words).is_ok(), "{lang} {id}: {words}");
            }
        }
    }

    #[test]
    fn our_own_words_keep_the_languages_spelling() {
        let arguments = regex::Regex::new(r"\{\$\w+\}").unwrap();
        for lang in Lang::all() {
            for (id, _) in Phrase::ALL {
                let words = arguments.replace_all(&say(lang, &Phrase::Unused(id)), "").into_owned();
                assert_eq!(misspelt(lang, &words), [], "{lang} {id}: {words}");
            }
        }
    }
}
