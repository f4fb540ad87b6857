//! Kinds of danger in which a line of help comes before any answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// What a person may be in danger of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// Life is at risk: ambulance.
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

/// Words or a pattern of a kind of danger, in a language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DangerWord {
    /// In which language.
    pub lang: Lang,
    /// Which danger they tell.
    pub kind: Danger,
    /// The words as a clerk writes them, or the pattern as it comes with the program.
    pub words: String,
}

/// What the municipality has changed about the words of danger that come with the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DangerEdits {
    /// Its own words.
    pub own: Vec<DangerWord>,
    /// Patterns of the program that are turned off.
    pub off: Vec<DangerWord>,
    /// Lines of help in its own words.
    pub help: BTreeMap<(Lang, Danger), Rich>,
}
