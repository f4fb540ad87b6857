//! Municipalities: one installation can serve several.

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
    /// The approximate position of its town hall.
    pub position: Position,
    /// The time zone of its offices' hours.
    pub time_zone: Tz,
    /// What its chats are shown for overdue answers; `None` uses the installation's setting. Not part of packs.
    #[serde(skip)]
    pub overdue: Option<Overdue>,
}

/// A municipality as typed in a form, without its key.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedMunicipality {
    /// Its official name.
    pub name: String,
    /// Other spellings that people use.
    pub aliases: Vec<String>,
    /// The approximate position of its town hall.
    pub position: Position,
    /// The time zone of its offices' hours.
    pub time_zone: Tz,
}

impl Municipality {
    /// All fields that can be typed, one a line, to detect whether somebody else has changed them.
    pub fn described(&self) -> String {
        let (lat, lon) = (self.position.lat(), self.position.lon());
        format!("{}\n{}\n{lat}, {lon}\n{}", self.name, self.aliases.join(", "), self.time_zone)
    }
}
