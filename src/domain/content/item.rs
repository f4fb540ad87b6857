//! Pieces: the parts of the content that are written, reviewed and published each by itself.

use std::fmt;

use super::proposed::Proposed;
use crate::domain::safety::danger::Danger;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;

/// Longest text kept of anything that is written, in characters: far more than a person reads on a phone.
pub const LONGEST: usize = 20_000;

/// A part of the content that is written, reviewed and published by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// An entry's question, answer and phrasings in one language.
    Text(EntryKey, Lang),
    /// What an entry rests on, and which office is in charge.
    Facts(EntryKey),
    /// What a municipality adds to an entry in one language.
    Note(MunicipalityKey, EntryKey, Lang),
    /// An office of a municipality.
    Office(MunicipalityKey, OfficeKey),
    /// What people are shown beside answers.
    Proposed(Proposed),
}

/// The kinds of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// [`Piece::Text`]
    Text,
    /// [`Piece::Facts`]
    Facts,
    /// [`Piece::Note`]
    Note,
    /// [`Piece::Office`]
    Office,
    /// [`Proposed::Source`]
    Source,
    /// [`Proposed::Help`]
    Help,
    /// [`Proposed::Danger`]
    Danger,
    /// [`Proposed::Reason`]
    Reason,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 8] =
        [Kind::Text, Kind::Facts, Kind::Note, Kind::Office, Kind::Source, Kind::Help, Kind::Danger, Kind::Reason];

    /// Its name in tables and addresses of pages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Facts => "facts",
            Kind::Note => "note",
            Kind::Office => "office",
            Kind::Source => "source",
            Kind::Help => "help",
            Kind::Danger => "danger",
            Kind::Reason => "reason",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Piece {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Piece::Text(..) => Kind::Text,
            Piece::Facts(_) => Kind::Facts,
            Piece::Note(..) => Kind::Note,
            Piece::Office(..) => Kind::Office,
            Piece::Proposed(proposed) => proposed.kind(),
        }
    }

    /// What it is a piece of, without its language: `health/cost`, `recoleta:health/cost`, `recoleta:town-hall`.
    pub fn subject(&self) -> String {
        match self {
            Piece::Text(entry, _) | Piece::Facts(entry) => entry.to_string(),
            Piece::Note(municipality, entry, _) => format!("{municipality}:{entry}"),
            Piece::Office(municipality, office) => format!("{municipality}:{office}"),
            Piece::Proposed(proposed) => proposed.subject(),
        }
    }

    /// The piece with these names, as tables hold them; `lang` is empty where the kind has none.
    pub fn parse(kind: &str, subject: &str, lang: &str) -> Option<Piece> {
        let (municipality, rest) = subject.split_once(':').unwrap_or(("", subject));
        Some(match Kind::parse(kind)? {
            Kind::Text => Piece::Text(subject.parse().ok()?, Lang::parse(lang)?),
            Kind::Facts => Piece::Facts(subject.parse().ok()?),
            Kind::Note => Piece::Note(municipality.parse().ok()?, rest.parse().ok()?, Lang::parse(lang)?),
            Kind::Office => Piece::Office(municipality.parse().ok()?, rest.parse().ok()?),
            Kind::Source => Piece::Proposed(Proposed::Source(subject.parse().ok()?)),
            Kind::Help => Piece::Proposed(Proposed::Help(Danger::parse(subject)?, Lang::parse(lang)?)),
            Kind::Danger => Piece::Proposed(Proposed::Danger(Danger::parse(subject)?, Lang::parse(lang)?)),
            Kind::Reason => Piece::Proposed(Proposed::Reason(subject.parse().ok()?, Lang::parse(lang)?)),
        })
    }

    /// Its language, where it has one.
    pub fn lang(&self) -> Option<Lang> {
        match self {
            Piece::Text(_, lang) | Piece::Note(_, _, lang) => Some(*lang),
            Piece::Facts(_) | Piece::Office(..) => None,
            Piece::Proposed(proposed) => proposed.lang(),
        }
    }

    /// The language's code, or nothing: as tables hold it.
    pub fn lang_code(&self) -> &'static str {
        self.lang().map_or("", Lang::code)
    }

    /// The entry that it belongs to.
    pub fn entry(&self) -> Option<&EntryKey> {
        match self {
            Piece::Text(entry, _) | Piece::Facts(entry) | Piece::Note(_, entry, _) => Some(entry),
            Piece::Office(..) => None,
            Piece::Proposed(proposed) => proposed.entry(),
        }
    }

    /// The municipality whose own it is.
    pub fn municipality(&self) -> Option<&MunicipalityKey> {
        match self {
            Piece::Note(municipality, _, _) | Piece::Office(municipality, _) => Some(municipality),
            Piece::Text(..) | Piece::Facts(_) | Piece::Proposed(_) => None,
        }
    }
}

impl fmt::Display for Piece {
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
            Piece::Text(entry(), lang),
            Piece::Facts(entry()),
            Piece::Note("recoleta".parse().unwrap(), entry(), lang),
            Piece::Office("recoleta".parse().unwrap(), "town-hall".parse().unwrap()),
            Piece::Proposed(Proposed::Source("law-21325".parse().unwrap())),
            Piece::Proposed(Proposed::Help(Danger::Child, lang)),
            Piece::Proposed(Proposed::Danger(Danger::Arrest, lang)),
            Piece::Proposed(Proposed::Reason(entry(), lang)),
        ];
        for piece in pieces {
            let again = Piece::parse(piece.kind().name(), &piece.subject(), piece.lang_code());
            assert_eq!(again, Some(piece));
        }
        assert_eq!(Piece::parse("text", "health", lang.code()), None);
        assert_eq!(Piece::parse("text", "health/cost", "zz"), None);
        assert_eq!(Piece::parse("office", "town-hall", ""), None);
    }
}
