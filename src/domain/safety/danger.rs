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
    /// Violence by others: robbers, a boss, a neighbour, strangers.
    Stranger,
    /// A child is beaten, abused, alone, lost or taken away.
    Child,
    /// Held, sold or forced to work.
    Trafficking,
    /// Taken by the police, or about to be expelled.
    Arrest,
}

impl Danger {
    /// All kinds, the most urgent first.
    pub const ALL: [Danger; 7] = [
        Danger::Medical,
        Danger::Suicide,
        Danger::Violence,
        Danger::Stranger,
        Danger::Child,
        Danger::Trafficking,
        Danger::Arrest,
    ];

    /// Its name in files and counters.
    pub fn name(self) -> &'static str {
        match self {
            Danger::Medical => "medical",
            Danger::Suicide => "suicide",
            Danger::Violence => "violence",
            Danger::Stranger => "stranger",
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

/// How a danger shows in a message; a higher one comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It is possible, past or only hinted at: one quiet line stands above whatever else is said.
    Care,
    /// It is said, or plainly happens now: the whole line of help comes first.
    Alarm,
}

impl Level {
    /// Both levels.
    pub const ALL: [Level; 2] = [Level::Care, Level::Alarm];

    /// Its name in files and counters.
    pub fn name(self) -> &'static str {
        match self {
            Level::Care => "care",
            Level::Alarm => "alarm",
        }
    }

    /// The level with this name.
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// A danger that shows in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sign {
    /// Which danger.
    pub kind: Danger,
    /// How it shows.
    pub level: Level,
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

/// A message that indicates a danger or only looks like it, as staff added it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DangerExample {
    /// The language.
    pub lang: Lang,
    /// The kind of danger that it indicates or looks like.
    pub kind: Danger,
    /// How it shows the danger.
    pub shows: Shows,
    /// The message.
    pub text: String,
}

impl DangerExample {
    /// The danger that it indicates.
    pub fn sign(&self) -> Option<Sign> {
        let level = self.shows.level()?;
        Some(Sign { kind: self.kind, level })
    }
}

/// What an example of staff shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// Danger that is said or happens now.
    Alarm,
    /// Danger that is only possible.
    Care,
    /// No danger: it raised a needless line of help.
    None,
}

impl Shows {
    /// All values, in the order in which they are listed.
    pub const ALL: [Shows; 3] = [Shows::Alarm, Shows::Care, Shows::None];

    /// Its name in files, forms and the database.
    pub fn name(self) -> &'static str {
        match self {
            Shows::Alarm => "alarm",
            Shows::Care => "care",
            Shows::None => "none",
        }
    }

    /// The value with this name.
    pub fn parse(name: &str) -> Option<Shows> {
        Shows::ALL.into_iter().find(|shows| shows.name() == name)
    }

    /// The level of danger; `None` for no danger.
    pub fn level(self) -> Option<Level> {
        match self {
            Shows::Alarm => Some(Level::Alarm),
            Shows::Care => Some(Level::Care),
            Shows::None => None,
        }
    }
}

/// The municipality's changes to the built-in danger words and lines of help.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DangerEdits {
    /// Words that it added.
    pub own: Vec<DangerWord>,
    /// Built-in patterns that are turned off.
    pub off: Vec<DangerWord>,
    /// Messages that it added, which are learned from.
    pub examples: Vec<DangerExample>,
    /// Its own lines of help.
    pub help: BTreeMap<(Lang, Danger), Rich>,
}
