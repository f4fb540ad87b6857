//! Rights: which roles may do an action, and which limits of an account apply to it.
//!
//! One rule for every action: if it concerns one topic, language or municipality, this one has to be within the
//! account's limits; if it concerns all of them, the account must have no limit of that kind.

use super::limits::{Limits, Of, Role, Target};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

/// An action that needs a right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right<'a> {
    /// See entries, offices and sources, and comment on drafts.
    Read,
    /// Write a draft of this item.
    Write(&'a ContentItem),
    /// Publish a draft of this item, or send it back; never one's own text.
    Publish(&'a ContentItem),
    /// Verify this entry in every language ("still correct").
    Verify(&'a EntryKey),
    /// Create an entry; its items need the right to write them as well.
    NewEntry,
    /// Publish at all: see what is in review.
    Review,
    /// Propose sources for the register, and report that one has changed.
    Sources,
    /// Edit the offices of this municipality.
    Municipality(&'a MunicipalityKey),
    /// Choose what this municipality's chats are shown for overdue answers.
    Overdue(&'a MunicipalityKey),
    /// Import spreadsheets; each of their items needs the right to write it as well.
    Import,
    /// Close a group of unanswered words.
    Unanswered {
        /// The language of the words.
        lang: Lang,
        /// The most similar entry, if there is one.
        entry: Option<&'a EntryKey>,
    },
    /// Edit municipalities and settings, propose danger words and lines of help, and read the audit log.
    Settings,
    /// Manage accounts at all: invite people, change roles, end accounts.
    Staff,
    /// Manage an account with these limits, or give these limits.
    Account(&'a Limits),
    /// Choose the Telegram group in which questions are announced: this municipality's, or all.
    Group(Option<&'a MunicipalityKey>),
    /// Read statistics.
    Statistics,
    /// Answer a question left for this municipality (`None`: for any) in this language.
    Answer {
        /// The municipality whose staff answers it.
        municipality: Option<&'a MunicipalityKey>,
        /// The person's language.
        lang: Lang,
    },
    /// Answer questions at all: see the open ones.
    Answers,
}

impl Right<'_> {
    /// Whether this role may do it.
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

    /// Whether it is within these limits.
    pub fn lies_within(&self, limits: &Limits) -> bool {
        if let Right::Account(others) = self {
            return limits.allow(others);
        }
        limits.hold(&self.target())
    }

    /// What the action concerns, for the limits.
    fn target(&self) -> Target {
        match *self {
            // What these pages lead to has rights of its own.
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
