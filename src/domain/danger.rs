//! Kinds of danger in which a line of help comes before any answer.

use serde::{Deserialize, Serialize};

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
}
