//! Official sources: laws, decrees, circulars and agencies that answers rest on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::id::SourceKey;
use crate::domain::text::lang::Lang;

/// What sort of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A law of the Congress.
    Law,
    /// A decree of the government.
    Decree,
    /// An instruction of a ministry or agency.
    Circular,
    /// The agency in charge, by its page or telephone.
    Agency,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [SourceKind; 4] = [SourceKind::Law, SourceKind::Decree, SourceKind::Circular, SourceKind::Agency];

    /// Its name in files and tables.
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

/// A line of the sources register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What entries refer to it by.
    pub key: SourceKey,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// Who made it.
    pub agency: String,
    /// The year it was made public, where known.
    pub year: Option<u16>,
    /// Its page (https), where there is one.
    pub link: Option<String>,
    /// Its title per language.
    pub titles: BTreeMap<Lang, String>,
}
