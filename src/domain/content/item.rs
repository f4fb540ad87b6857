//! Content items: the parts of the content that are written, reviewed and published each by itself.

use std::fmt;

pub use super::kind::Kind;
use super::proposed::Proposed;
use crate::domain::safety::danger::Danger;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;

/// Longest text that is stored, in characters: far more than a person reads on a phone.
pub const LONGEST: usize = 20_000;

/// A part of the content that is written, reviewed and published by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContentItem {
    /// An entry's question, answer and phrasings in one language.
    Text(EntryKey, Lang),
    /// An entry's metadata: its sources, related entries and the service in charge.
    Metadata(EntryKey),
    /// The note that a municipality adds to an entry, in one language.
    Note(MunicipalityKey, EntryKey, Lang),
    /// An office of a municipality.
    Office(MunicipalityKey, OfficeKey),
    /// An item that is proposed as a whole.
    Proposed(Proposed),
}

impl ContentItem {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            ContentItem::Text(..) => Kind::Text,
            ContentItem::Metadata(_) => Kind::Metadata,
            ContentItem::Note(..) => Kind::Note,
            ContentItem::Office(..) => Kind::Office,
            ContentItem::Proposed(proposed) => proposed.kind(),
        }
    }

    /// Its subject without language: `health/cost`, `recoleta:health/cost`, `recoleta:town-hall`.
    pub fn subject(&self) -> String {
        match self {
            ContentItem::Text(entry, _) | ContentItem::Metadata(entry) => entry.to_string(),
            ContentItem::Note(municipality, entry, _) => format!("{municipality}:{entry}"),
            ContentItem::Office(municipality, office) => format!("{municipality}:{office}"),
            ContentItem::Proposed(proposed) => proposed.subject(),
        }
    }

    /// The item with these names from the database; `lang` is empty where the kind has no language.
    pub fn parse(kind: &str, subject: &str, lang: &str) -> Option<ContentItem> {
        let (municipality, rest) = subject.split_once(':').unwrap_or(("", subject));
        Some(match Kind::parse(kind)? {
            Kind::Text => ContentItem::Text(subject.parse().ok()?, Lang::parse(lang)?),
            Kind::Metadata => ContentItem::Metadata(subject.parse().ok()?),
            Kind::Note => ContentItem::Note(municipality.parse().ok()?, rest.parse().ok()?, Lang::parse(lang)?),
            Kind::Office => ContentItem::Office(municipality.parse().ok()?, rest.parse().ok()?),
            Kind::Source => ContentItem::Proposed(Proposed::Source(subject.parse().ok()?)),
            Kind::Help => ContentItem::Proposed(Proposed::Help(Danger::parse(subject)?, Lang::parse(lang)?)),
            Kind::Danger => ContentItem::Proposed(Proposed::Danger(Danger::parse(subject)?, Lang::parse(lang)?)),
            Kind::Reason => ContentItem::Proposed(Proposed::Reason(subject.parse().ok()?, Lang::parse(lang)?)),
        })
    }

    /// Its language, if its kind has one.
    pub fn lang(&self) -> Option<Lang> {
        match self {
            ContentItem::Text(_, lang) | ContentItem::Note(_, _, lang) => Some(*lang),
            ContentItem::Metadata(_) | ContentItem::Office(..) => None,
            ContentItem::Proposed(proposed) => proposed.lang(),
        }
    }

    /// Its language's code, or an empty text: the form in the database.
    pub fn lang_code(&self) -> &'static str {
        self.lang().map_or("", Lang::code)
    }

    /// The entry that it belongs to.
    pub fn entry(&self) -> Option<&EntryKey> {
        match self {
            ContentItem::Text(entry, _) | ContentItem::Metadata(entry) | ContentItem::Note(_, entry, _) => Some(entry),
            ContentItem::Office(..) => None,
            ContentItem::Proposed(proposed) => proposed.entry(),
        }
    }

    /// The municipality that it belongs to; `None` if all municipalities share it.
    pub fn municipality(&self) -> Option<&MunicipalityKey> {
        match self {
            ContentItem::Note(municipality, _, _) | ContentItem::Office(municipality, _) => Some(municipality),
            ContentItem::Text(..) | ContentItem::Metadata(_) | ContentItem::Proposed(_) => None,
        }
    }
}

impl fmt::Display for ContentItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind().name(), self.subject())?;
        match self.lang() {
            Some(lang) => write!(f, " ({lang})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_found_again_by_its_names() {
        let entry = || "health/cost".parse().unwrap();
        let lang = Lang::first();
        let pieces = [
            ContentItem::Text(entry(), lang),
            ContentItem::Metadata(entry()),
            ContentItem::Note("recoleta".parse().unwrap(), entry(), lang),
            ContentItem::Office("recoleta".parse().unwrap(), "town-hall".parse().unwrap()),
            ContentItem::Proposed(Proposed::Source("law-21325".parse().unwrap())),
            ContentItem::Proposed(Proposed::Help(Danger::Child, lang)),
            ContentItem::Proposed(Proposed::Danger(Danger::Arrest, lang)),
            ContentItem::Proposed(Proposed::Reason(entry(), lang)),
        ];
        for item in pieces {
            let again = ContentItem::parse(item.kind().name(), &item.subject(), item.lang_code());
            assert_eq!(again, Some(item));
        }
        assert_eq!(ContentItem::parse("text", "health", lang.code()), None);
        assert_eq!(ContentItem::parse("text", "health/cost", "zz"), None);
        assert_eq!(ContentItem::parse("office", "town-hall", ""), None);
    }
}
