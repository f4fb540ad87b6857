//! Replies: what we mean to say, before it is put into words.

use chrono::NaiveDateTime;

use super::input::Media;
use crate::domain::inbox::question::Handoff;
use crate::domain::offices::position::Away;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::Danger;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey, TopicKey};
use crate::domain::text::lang::Lang;

/// Something to say, in a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The language to say it in.
    pub lang: Lang,
    /// What to say.
    pub kind: ReplyKind,
    /// Whether it takes the place of the message whose button was pressed.
    pub in_place: bool,
}

/// What to say.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplyKind {
    /// A greeting in every language, with the languages as buttons; this one proposed first.
    Welcome(Option<Lang>),
    /// The languages as buttons.
    Languages,
    /// "From now on I answer in …"
    LanguageChosen,
    /// The main menu; with the short privacy notice for those who are new.
    Menu {
        /// Whether the notice stands before it.
        notice: bool,
    },
    /// How to ask in one's own words.
    Ask,
    /// The list of topics.
    Topics,
    /// The questions of a topic.
    Topic(TopicKey),
    /// An answer.
    Answer(Answer),
    /// "Is it one of these?"
    Several(Vec<EntryKey>),
    /// We found nothing.
    NothingFound {
        /// Whether the message was so long that this may be why.
        long: bool,
    },
    /// None of the offered questions was right.
    NoneFitted,
    /// A line of help, before anything else.
    Danger(Danger),
    /// What comes after a line of help where there is no answer to give.
    DangerNext,
    /// A friendly word back.
    SmallTalk(SmallTalk),
    /// A picture, a voice…
    Media(Media),
    /// Only emoji or signs.
    NoWords,
    /// A link that leads nowhere any more.
    OldLink,
    /// A button of long ago.
    OldButton,
    /// How to find offices.
    OfficesMenu,
    /// Send where you are.
    AskPlace,
    /// We do not know that place.
    PlaceNotFound,
    /// The kinds of service.
    Services,
    /// The municipalities.
    Municipalities,
    /// Offices near a place that was sent, with how far away they are.
    OfficesNear {
        /// The nearest first.
        offices: Vec<(OfficeKey, Away)>,
        /// The municipality that the place is in, to be chosen.
        municipality: Option<MunicipalityKey>,
    },
    /// The offices in a municipality.
    OfficesIn(MunicipalityKey),
    /// Offices that give a service.
    OfficesFor(ServiceKey, Vec<OfficeKey>),
    /// One office.
    Office(OfficeKey),
    /// "Your municipality is now …"
    PlaceChosen(MunicipalityKey),
    /// "Thank you for telling us."
    VotedUseful,
    /// "What was wrong with this answer?"
    VotedNotUseful(EntryKey),
    /// "Thank you. You can add a line."
    Complained(EntryKey),
    /// "Write the line now."
    AskLine,
    /// "Thank you for the line."
    LineTaken,
    /// The privacy notice in plain words.
    Privacy,
    /// The whole privacy notice: who, what, how long, who sees it, how to erase.
    PrivacyFull,
    /// What is held of the person.
    Held(Held),
    /// What is held of the person, as a file.
    Copy,
    /// Everything is erased.
    Forgotten,
    /// Nothing is erased.
    ForgetKept,
    /// How it works.
    Help,
    /// Who we are.
    About,
    /// "May I give this to a person?", with all that becomes of it.
    Consent {
        /// The words that would be given, redacted; nothing where they are still to be written.
        words: Option<String>,
        /// Whose people would read them.
        municipality: Option<MunicipalityKey>,
    },
    /// "Write your question."
    WriteQuestion,
    /// The question is left.
    QuestionLeft(Expected),
    /// A question is open already.
    QuestionOpen {
        /// Where it is.
        handoff: Handoff,
        /// Words that could be added to it, redacted.
        words: Option<String>,
    },
    /// More words were given to the person who answers.
    QuestionContinued,
    /// Nothing was given to anybody.
    NotLeft,
    /// The question was taken back, and everything about it erased.
    TakenBack,
    /// There is no question to take back.
    NoQuestion,
    /// By this door nobody can write back later.
    NobodyHere,
    /// "I shall tell you."
    WillTell,
    /// Somebody reads the question now.
    PersonHere(String),
    /// What a person answers: who, and the words per language.
    FromPerson(String, Vec<(Lang, String)>),
    /// The person had to leave; the question waits again.
    PersonAway,
    /// The matter is closed.
    PersonLeft,
    /// The question was given to another municipality.
    QuestionMoved(MunicipalityKey),
    /// Nobody has answered in time.
    QuestionExpired,
    /// "You wanted to be told": the words, and the answer that there is now.
    Told(String, Answer),
}

impl ReplyKind {
    /// The answer that it gives, if it gives one.
    pub fn answer(&self) -> Option<&Answer> {
        if let ReplyKind::Answer(answer) | ReplyKind::Told(_, answer) = self { Some(answer) } else { None }
    }
}

/// When an answer of a person can be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// People are at work until then.
    OpenUntil(NaiveDateTime),
    /// People are at work again then.
    OpensNext(NaiveDateTime),
    /// Nobody has told us the hours.
    Unknown,
}

/// An answer with all that stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Which entry.
    pub entry: EntryKey,
    /// The municipality whose note is added.
    pub municipality: Option<MunicipalityKey>,
    /// A municipality that was named and can be chosen.
    pub named: Option<MunicipalityKey>,
    /// Whether the chosen language is another, so that a button offers to change it for good.
    pub offer_language: bool,
    /// Whether the question made sense only with the one before: then the answer says what it is about.
    pub follows: bool,
}

/// What is held of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The language chosen.
    pub lang: Option<Lang>,
    /// The municipality chosen.
    pub municipality: Option<MunicipalityKey>,
    /// The entry that was answered last.
    pub entry: Option<EntryKey>,
    /// Whether there are last words.
    pub words: bool,
    /// The question that was left for a person.
    pub handoff: Option<Handoff>,
    /// Whether they want to be told when there is an answer.
    pub subscribed: bool,
    /// Whether it is kept which messages speak of danger.
    pub discreet: bool,
}
