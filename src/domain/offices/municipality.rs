//! Municipalities that one installation serves.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::position::Position;
use crate::domain::content::entry::Overdue;
use crate::domain::text::id::MunicipalityKey;

/// A municipality.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Municipality {
    /// Its key.
    pub key: MunicipalityKey,
    /// Its official name; the same in every language.
    pub name: String,
    /// Other spellings that people use.
    pub aliases: Vec<String>,
    /// About where its town hall is.
    pub position: Position,
    /// The time zone of its offices' hours.
    pub time_zone: Tz,
    /// What becomes of answers that nobody has checked in time, in its chats; nothing: as the installation has it. No folder says it.
    #[serde(skip)]
    pub overdue: Option<Overdue>,
}

/// A municipality as it was typed, without its key.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedMunicipality {
    /// Its official name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// About where its town hall is.
    pub position: Position,
    /// The time zone of its offices' hours.
    pub time_zone: Tz,
}

impl Municipality {
    /// All that is typed about it, a line each, to see whether somebody has.
    pub fn described(&self) -> String {
        let (lat, lon) = (self.position.lat(), self.position.lon());
        format!("{}\n{}\n{lat}, {lon}\n{}", self.name, self.aliases.join(", "), self.time_zone)
    }
}
