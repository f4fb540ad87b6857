//! The kinds of content items, and their names in the database and in addresses.

/// The kinds of content items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// [`super::item::ContentItem::Text`]
    Text,
    /// [`super::item::ContentItem::Metadata`]
    Metadata,
    /// [`super::item::ContentItem::Note`]
    Note,
    /// [`super::item::ContentItem::Office`]
    Office,
    /// [`super::proposed::Proposed::Source`]
    Source,
    /// [`super::proposed::Proposed::Help`]
    Help,
    /// [`super::proposed::Proposed::Danger`]
    Danger,
    /// [`super::proposed::Proposed::Reason`]
    Reason,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 8] =
        [Kind::Text, Kind::Metadata, Kind::Note, Kind::Office, Kind::Source, Kind::Help, Kind::Danger, Kind::Reason];

    /// Its name in the database and in addresses of pages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Metadata => "facts",
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
