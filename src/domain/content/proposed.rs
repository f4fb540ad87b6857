//! Items without a page of drafts: each is proposed as a whole and accepted by a second person.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::source::Source;
use crate::domain::safety::danger::{Danger, Shows};
use crate::domain::text::id::{EntryKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;

/// An item that is proposed as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Proposed {
    /// An entry of the sources register.
    Source(SourceKey),
    /// The line of help for a danger, in one language.
    Help(Danger, Lang),
    /// The changes to the built-in words of a danger, in one language.
    Danger(Danger, Lang),
    /// Why an entry's text in one language was withdrawn.
    Reason(EntryKey, Lang),
}

/// The content of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProposedBody {
    /// An entry of the sources register.
    Source(Source),
    /// A line of help; empty to show the built-in one.
    Help(String),
    /// Changes to danger words.
    Danger(DangerBody),
    /// A reason of withdrawal, which people read in place of the answer.
    Reason(String),
}

/// Changes to what raises a line of help for a danger, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DangerBody {
    /// Words that the municipality added.
    pub own: Vec<String>,
    /// Built-in patterns that are turned off.
    pub off: Vec<String>,
    /// Messages that the municipality added, which are learned from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<(Shows, String)>,
}

impl Proposed {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Proposed::Source(_) => Kind::Source,
            Proposed::Help(..) => Kind::Help,
            Proposed::Danger(..) => Kind::Danger,
            Proposed::Reason(..) => Kind::Reason,
        }
    }

    /// Its subject without language.
    pub fn subject(&self) -> String {
        match self {
            Proposed::Source(key) => key.to_string(),
            Proposed::Help(danger, _) | Proposed::Danger(danger, _) => danger.name().to_owned(),
            Proposed::Reason(entry, _) => entry.to_string(),
        }
    }

    /// Its language, if it has one.
    pub fn lang(&self) -> Option<Lang> {
        match self {
            Proposed::Source(_) => None,
            Proposed::Help(_, lang) | Proposed::Danger(_, lang) | Proposed::Reason(_, lang) => Some(*lang),
        }
    }

    /// The entry that it belongs to.
    pub fn entry(&self) -> Option<&EntryKey> {
        match self {
            Proposed::Reason(entry, _) => Some(entry),
            Proposed::Source(_) | Proposed::Help(..) | Proposed::Danger(..) => None,
        }
    }
}

impl ProposedBody {
    /// Normalizes line ends and drops control characters.
    #[must_use]
    pub fn plain(self) -> ProposedBody {
        match self {
            ProposedBody::Help(text) => ProposedBody::Help(plain::lines(&text).trim().to_owned()),
            ProposedBody::Reason(text) => ProposedBody::Reason(plain::lines(&text).trim().to_owned()),
            ProposedBody::Source(_) | ProposedBody::Danger(_) => self,
        }
    }

    /// Whether it changes nothing: no text, or the built-in words as they are.
    pub fn is_nothing(&self) -> bool {
        match self {
            ProposedBody::Source(_) => false,
            ProposedBody::Help(text) | ProposedBody::Reason(text) => text.is_empty(),
            ProposedBody::Danger(body) => *body == DangerBody::default(),
        }
    }

    /// Its content as text, field by field.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        match self {
            ProposedBody::Source(source) => {
                let titles = source.titles.iter().map(|(lang, title)| format!("{lang}: {title}"));
                vec![
                    ("source-title", titles.collect::<Vec<_>>().join("\n")),
                    ("source-kind", source.kind.name().to_owned()),
                    ("source-agency", source.agency.clone()),
                    ("source-year", source.year.map(|year| year.to_string()).unwrap_or_default()),
                    ("source-link", source.link.clone().unwrap_or_default()),
                ]
            }
            ProposedBody::Help(text) => vec![("help", text.clone())],
            ProposedBody::Danger(body) => {
                let of = |wanted: Shows| {
                    let texts = body.examples.iter().filter(|(shows, _)| *shows == wanted);
                    texts.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
                };
                vec![
                    ("danger-alarm", of(Shows::Alarm)),
                    ("danger-care", of(Shows::Care)),
                    ("danger-none", of(Shows::None)),
                    ("danger-own", body.own.join("\n")),
                    ("danger-off", body.off.join("\n")),
                ]
            }
            ProposedBody::Reason(text) => vec![("reason", text.clone())],
        }
    }
}
