//! Official sources that answers rest on: laws, decrees, circulars and agencies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::id::SourceKey;
use crate::domain::text::lang::Lang;

/// The kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A law of the Congress.
    Law,
    /// A decree of the government.
    Decree,
    /// An instruction of a ministry or agency.
    Circular,
    /// The agency in charge, cited by its page or telephone.
    Agency,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [SourceKind; 4] = [SourceKind::Law, SourceKind::Decree, SourceKind::Circular, SourceKind::Agency];

    /// Its name in files and in the database.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Law => "law",
            SourceKind::Decree => "decree",
            SourceKind::Circular => "circular",
            SourceKind::Agency => "agency",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<SourceKind> {
        SourceKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An entry of the sources register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The key by which entries refer to it.
    pub key: SourceKey,
    /// Its kind.
    pub kind: SourceKind,
    /// The agency that issued it.
    pub agency: String,
    /// The year of its publication, if known.
    pub year: Option<u16>,
    /// Its page (https), if there is one.
    pub link: Option<String>,
    /// Its title per language.
    pub titles: BTreeMap<Lang, String>,
}
