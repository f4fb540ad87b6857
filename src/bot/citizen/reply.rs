//! Replies: the content of what the bot says, before it is put into words.

use chrono::NaiveDateTime;

use super::input::Media;
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::inbox::question::Handoff;
use crate::domain::offices::position::Away;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::{Danger, Sign};
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::understanding::language::NamedDay;

/// A reply in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The language of the wording.
    pub lang: Lang,
    /// The content.
    pub kind: ReplyKind,
    /// Whether it replaces the message whose button was pressed.
    pub in_place: bool,
    /// Whether an answer can reach the person later; else a person is offered by phone and address, not by message.
    pub reachable: bool,
    /// The day that the message named: offices then tell their hours of that day.
    pub day: Option<NamedDay>,
}

impl Reply {
    /// A message of its own, to a person whom an answer can reach later.
    pub fn new(lang: Lang, kind: ReplyKind) -> Reply {
        Reply { lang, kind, in_place: false, reachable: true, day: None }
    }
}

/// A sentence about the talk itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboutTalk {
    /// The bot is a program.
    Program,
    /// The bot is sorry that it was of no help.
    NoHelp,
    /// The bot has nothing shorter.
    Shortest,
    /// The talk starts again.
    Restarted,
}

impl AboutTalk {
    /// All sentences.
    pub const ALL: [AboutTalk; 4] = [AboutTalk::Program, AboutTalk::NoHelp, AboutTalk::Shortest, AboutTalk::Restarted];

    /// Its name in scripts of talks.
    pub fn name(self) -> &'static str {
        match self {
            AboutTalk::Program => "program",
            AboutTalk::NoHelp => "no-help",
            AboutTalk::Shortest => "shortest",
            AboutTalk::Restarted => "restarted",
        }
    }
}

/// The content of a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplyKind {
    /// A greeting in every language, with the languages as buttons, the proposed one first.
    Welcome(Option<Lang>),
    /// The languages as buttons.
    Languages,
    /// "From now on I answer in …"
    LanguageChosen,
    /// The main menu; with the short privacy notice for new people.
    Menu {
        /// Whether the notice comes first.
        notice: bool,
    },
    /// How to ask in one's own words.
    Ask,
    /// The list of topics.
    Topics,
    /// The questions of a topic.
    Topic(TopicKey),
    /// An answer, or a part of it.
    Answer(Answer),
    /// The other parts of an answer, its languages, sources and related questions.
    More(Answer),
    /// "I said that just above": what was asked for stands on the screen.
    AlreadySaid(EntryKey),
    /// "I do not have that": the answer has no part for this aspect.
    PartMissing {
        /// The entry.
        entry: EntryKey,
        /// What was asked for.
        aspect: Aspect,
        /// Offices that know it.
        offices: Vec<OfficeKey>,
    },
    /// Where to go for an entry: its part `where` and offices of its service.
    Where(Where),
    /// "Is it one of these?"
    Several(Vec<EntryKey>),
    /// No entry was found.
    NothingFound {
        /// Whether the length of the message may be the reason.
        long: bool,
    },
    /// None of the offered questions was right.
    NoneFitted,
    /// A sentence about the talk itself.
    AboutTalk(AboutTalk),
    /// Kind words after bad news; an answer follows.
    Sorry,
    /// Kind words after bad news, and the question what it is about.
    BadNews(Vec<EntryKey>),
    /// A line of help, before anything else: the whole one, or the quiet one with a button for the whole.
    Danger(Sign),
    /// Follows a line of help when there is no answer to give: a sentence, and when a person reads a question.
    DangerNext(Danger, Expected),
    /// A friendly reply to small talk.
    SmallTalk(SmallTalk),
    /// A reply to a picture, a voice message and the like.
    Media(Media),
    /// A reply to a message of emoji or punctuation only.
    NoWords,
    /// The target of the link no longer exists.
    OldLink,
    /// The button is no longer valid.
    OldButton,
    /// How to find offices.
    OfficesMenu,
    /// Asks for the location.
    AskPlace,
    /// The municipality was not recognised.
    PlaceNotFound,
    /// The kinds of service.
    Services,
    /// The municipalities.
    Municipalities,
    /// Offices near a position, with their distances.
    OfficesNear {
        /// The nearest first.
        offices: Vec<(OfficeKey, Away)>,
        /// The municipality around the position, offered as the person's own.
        municipality: Option<MunicipalityKey>,
    },
    /// The offices in a municipality.
    OfficesIn(MunicipalityKey),
    /// Offices that offer a service.
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
    /// The full privacy notice: who, what, how long, who sees it, how to erase.
    PrivacyFull,
    /// The data stored about the person.
    Held(Held),
    /// The same data as a file.
    Copy,
    /// All data is erased.
    Forgotten,
    /// Nothing was erased.
    ForgetKept,
    /// How the bot works.
    Help,
    /// About the service.
    About,
    /// "May I give this to a person?", with what happens to the words.
    Consent {
        /// The words to hand over, redacted; nothing if they are still to be written.
        words: Option<String>,
        /// The municipality whose staff would read them.
        municipality: Option<MunicipalityKey>,
    },
    /// "Write your question."
    WriteQuestion,
    /// The question was left.
    QuestionLeft(Expected),
    /// The person already has an open question.
    QuestionOpen {
        /// Its state.
        handoff: Handoff,
        /// Words that could be added to it, redacted.
        words: Option<String>,
    },
    /// More words were passed to the person who answers.
    QuestionContinued,
    /// Nothing was handed over.
    NotLeft,
    /// The question was taken back and erased.
    TakenBack,
    /// There is no question to take back.
    NoQuestion,
    /// Through this door no answer can be delivered later: offices where a person answers now.
    NobodyHere(Vec<OfficeKey>),
    /// "I shall tell you."
    WillTell,
    /// A person has claimed the question: their name.
    PersonHere(String),
    /// A person's answer: their name, and the text per language.
    FromPerson(String, Vec<(Lang, String)>),
    /// The person released the question; it is open again.
    PersonAway,
    /// The question is closed.
    PersonLeft,
    /// The question was moved to another municipality.
    QuestionMoved(MunicipalityKey),
    /// Nobody answered in time.
    QuestionExpired,
    /// "You wanted to be told": the words of the subscription, and the answer that now exists.
    Told(String, Answer),
}

impl ReplyKind {
    /// The entry that the reply speaks of in the chat.
    pub fn entry(&self) -> Option<&EntryKey> {
        if let ReplyKind::Answer(answer) | ReplyKind::More(answer) = self {
            return Some(&answer.entry);
        }
        if let ReplyKind::AlreadySaid(entry)
        | ReplyKind::PartMissing { entry, .. }
        | ReplyKind::Where(Where { entry, .. }) = self
        {
            return Some(entry);
        }
        None
    }

    /// The answer inside the reply, if there is one.
    pub fn answer(&self) -> Option<&Answer> {
        if let ReplyKind::Answer(answer) | ReplyKind::More(answer) | ReplyKind::Told(_, answer) = self {
            return Some(answer);
        }
        None
    }
}

/// Where to go for an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Where {
    /// The entry.
    pub entry: EntryKey,
    /// Whether its part `where` is said, if there is one.
    pub says_part: bool,
    /// Offices of its service, the nearest first, with distances if a position is known.
    pub offices: Vec<(OfficeKey, Option<Away>)>,
    /// Whether the place is asked for: the offices depend on it.
    pub asks_place: bool,
    /// The municipality that was named or shared, offered as the person's own.
    pub place: Option<MunicipalityKey>,
    /// Whether that municipality has no such office, so that the nearest elsewhere are listed.
    pub elsewhere: bool,
    /// Whether no office of the service is known, so that the office for everything is named instead.
    pub instead: bool,
}

/// When an answer of a person can be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Staff are at work until then.
    OpenUntil(NaiveDateTime),
    /// Staff are at work again from then on.
    OpensNext {
        /// When they open, in the office's local time.
        at: NaiveDateTime,
        /// The office's local time now: by it today is told from tomorrow.
        now: NaiveDateTime,
    },
    /// The opening hours are unknown.
    Unknown,
}

/// An answer with its context.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The entry.
    pub entry: EntryKey,
    /// The municipality whose note is added.
    pub municipality: Option<MunicipalityKey>,
    /// A municipality named in the message, offered as the person's own.
    pub named: Option<MunicipalityKey>,
    /// Whether the chosen language is another, so that a button offers to change it permanently.
    pub offer_language: bool,
    /// Whether the question made sense only after the previous one; the answer then says what it is about.
    pub follows: bool,
    /// What is shown of it.
    pub shown: Shown,
    /// What was said of it before in this talk: it is not offered again.
    pub said: Vec<PartName>,
    /// Offices in charge in the person's municipality, where the question was where to go.
    pub offices: Vec<OfficeKey>,
}

/// What a reply shows of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The lead, or the whole of an undivided answer.
    #[default]
    Lead,
    /// The lead and this part.
    LeadAnd(Aspect),
    /// This part alone.
    Part(Aspect),
}

impl Shown {
    /// The aspect whose part is shown.
    pub fn aspect(self) -> Option<Aspect> {
        match self {
            Shown::Lead => None,
            Shown::LeadAnd(aspect) | Shown::Part(aspect) => Some(aspect),
        }
    }

    /// The names of the texts that are shown, in order.
    pub fn parts(self) -> Vec<PartName> {
        match self {
            Shown::Lead => vec![PartName::Lead],
            Shown::LeadAnd(aspect) => vec![PartName::Lead, PartName::Of(aspect)],
            Shown::Part(aspect) => vec![PartName::Of(aspect)],
        }
    }
}

impl Answer {
    /// The lead of an entry, outside of any talk.
    pub fn lead(entry: EntryKey, municipality: Option<MunicipalityKey>) -> Answer {
        Answer {
            entry,
            municipality,
            named: None,
            offer_language: false,
            follows: false,
            shown: Shown::Lead,
            said: Vec::new(),
            offices: Vec::new(),
        }
    }
}

/// The data stored about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The chosen language.
    pub lang: Option<Lang>,
    /// The chosen municipality.
    pub municipality: Option<MunicipalityKey>,
    /// The last answered entry.
    pub entry: Option<EntryKey>,
    /// Whether the last words are stored.
    pub words: bool,
    /// The state of the question left for a person.
    pub handoff: Option<Handoff>,
    /// Whether they have a subscription to an answer.
    pub subscribed: bool,
    /// Whether the numbers of messages about discreet topics are stored.
    pub discreet: bool,
}
