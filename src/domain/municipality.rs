//! Municipalities that one installation serves.

use chrono_tz::Tz;

use super::id::MunicipalityKey;
use super::position::Position;

/// A municipality.
#[derive(Debug, Clone, PartialEq)]
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
}
