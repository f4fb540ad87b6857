//! Rights: which roles an action is for, and where the limits of an account have to hold it.
//!
//! One rule for every action: what has a topic, a language or a municipality has to lie within the limits of the account; what
//! concerns all topics, languages or municipalities needs an account without a limit of that kind.

use super::limits::{Limits, Of, Role, Target};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

/// Something that not everybody may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right<'a> {
    /// See entries, offices and sources, and say something about a draft.
    Read,
    /// Write a draft of this piece.
    Write(&'a ContentItem),
    /// Publish a draft of this piece, or send it back; never one's own text.
    Publish(&'a ContentItem),
    /// Say of an entry that it is still correct in every language.
    Verify(&'a EntryKey),
    /// Make a new entry; its pieces have to be written as well.
    NewEntry,
    /// Publish anything at all: see what waits for review.
    Review,
    /// Propose sources for the register, and say that one has changed.
    Sources,
    /// Keep the offices of this municipality.
    Municipality(&'a MunicipalityKey),
    /// Choose what becomes of all overdue answers in this municipality's chats.
    Overdue(&'a MunicipalityKey),
    /// Bring in tables; each of their pieces has to be written as well.
    Import,
    /// Close a question that nobody was answered.
    Unanswered {
        /// The language of its words.
        lang: Lang,
        /// The entry that it comes nearest to, where there is one.
        entry: Option<&'a EntryKey>,
    },
    /// Keep the list of municipalities and settings, propose words of danger and lines of help, and read the audit log.
    Settings,
    /// Invite people, change their roles and end their accounts at all.
    Staff,
    /// The same of an account with these limits, and give them.
    Account(&'a Limits),
    /// Have questions announced in a Telegram group: those of this municipality, or all.
    Group(Option<&'a MunicipalityKey>),
    /// Read statistics.
    Statistics,
    /// Answer a question that was left for this municipality's people (nothing: for anybody's) in this language.
    Answer {
        /// Whose it is.
        municipality: Option<&'a MunicipalityKey>,
        /// The person's language.
        lang: Lang,
    },
    /// Answer questions at all: see what waits.
    Answers,
}

impl Right<'_> {
    /// Whether it is for this role.
    pub fn is_for(&self, role: Role) -> bool {
        let writes = matches!(role, Role::Author | Role::Reviewer | Role::Administrator);
        let publishes = matches!(role, Role::Reviewer | Role::Administrator);
        match self {
            Right::Statistics => true,
            Right::Write(ContentItem::Proposed(proposed)) => match proposed {
                Proposed::Source(_) | Proposed::Reason(..) => publishes,
                Proposed::Help(..) | Proposed::Danger(..) => role == Role::Administrator,
            },
            Right::Read
            | Right::Write(
                ContentItem::Text(..) | ContentItem::Metadata(_) | ContentItem::Note(..) | ContentItem::Office(..),
            )
            | Right::NewEntry
            | Right::Municipality(_)
            | Right::Import
            | Right::Unanswered { .. }
            | Right::Answer { .. }
            | Right::Answers => writes,
            Right::Publish(_) | Right::Verify(_) | Right::Review | Right::Sources | Right::Overdue(_) => publishes,
            Right::Settings | Right::Staff | Right::Account(_) | Right::Group(_) => role == Role::Administrator,
        }
    }

    /// Whether these limits hold it.
    pub fn lies_within(&self, limits: &Limits) -> bool {
        if let Right::Account(others) = self {
            return limits.allow(others);
        }
        limits.hold(&self.target())
    }

    /// What it is about.
    fn target(&self) -> Target {
        match *self {
            // What these lead to is asked for by itself.
            Right::Read | Right::Review | Right::Import | Right::Staff | Right::Statistics | Right::Answers => {
                Target::ANYTHING
            }
            Right::Account(_) => Target::ANYTHING,
            Right::Write(item) | Right::Publish(item) => Target::of(item),
            Right::Verify(entry) => Target { topic: Of::One(entry.topic()), ..Target::EVERYTHING },
            Right::NewEntry => Target { municipality: Of::All, ..Target::ANYTHING },
            Right::Municipality(key) => Target { municipality: Of::One(key.clone()), ..Target::ANYTHING },
            Right::Overdue(key) => Target { municipality: Of::One(key.clone()), ..Target::EVERYTHING },
            Right::Unanswered { lang, entry } => {
                Target { topic: Of::one_or_all(entry.map(EntryKey::topic)), lang: Of::One(lang), municipality: Of::All }
            }
            Right::Sources | Right::Settings => Target::EVERYTHING,
            Right::Group(municipality) => {
                Target { topic: Of::Nothing, lang: Of::All, municipality: Of::one_or_all(municipality.cloned()) }
            }
            Right::Answer { municipality, lang } => {
                Target { topic: Of::Nothing, lang: Of::One(lang), municipality: Of::one_or_all(municipality.cloned()) }
            }
        }
    }
}
