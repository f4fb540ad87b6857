//! Kinds of danger: for each, a line of help comes before any answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// A kind of danger that a person may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// Life is at risk: needs an ambulance.
    Medical,
    /// Thoughts of ending one's life.
    Suicide,
    /// Violence by a partner or in the family.
    Violence,
    /// Violence against a child.
    Child,
    /// Held, sold or forced to work.
    Trafficking,
    /// Taken by the police, or about to be expelled.
    Arrest,
}

impl Danger {
    /// All kinds, the most urgent first.
    pub const ALL: [Danger; 6] =
        [Danger::Medical, Danger::Suicide, Danger::Violence, Danger::Child, Danger::Trafficking, Danger::Arrest];

    /// Its name in files and counters.
    pub fn name(self) -> &'static str {
        match self {
            Danger::Medical => "medical",
            Danger::Suicide => "suicide",
            Danger::Violence => "violence",
            Danger::Child => "child",
            Danger::Trafficking => "trafficking",
            Danger::Arrest => "arrest",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Danger> {
        Danger::ALL.into_iter().find(|danger| danger.name() == name)
    }
}

/// Words or a pattern that indicate a kind of danger, in one language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DangerWord {
    /// The language.
    pub lang: Lang,
    /// The kind of danger that they indicate.
    pub kind: Danger,
    /// Words that a clerk added, or a built-in pattern.
    pub words: String,
}

/// The municipality's changes to the built-in danger words and lines of help.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DangerEdits {
    /// Words that it added.
    pub own: Vec<DangerWord>,
    /// Built-in patterns that are turned off.
    pub off: Vec<DangerWord>,
    /// Its own lines of help.
    pub help: BTreeMap<(Lang, Danger), Rich>,
}
