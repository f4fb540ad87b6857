//! Offices where people can go, and the services they give.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::hours::Hours;
use super::id::{MunicipalityKey, OfficeKey, ServiceKey};
use super::lang::Lang;
use super::position::Position;

/// A kind of service that offices give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its key.
    pub key: ServiceKey,
    /// Its name per language.
    pub names: BTreeMap<Lang, String>,
}

/// A desk where a person is attended.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Its key.
    pub key: OfficeKey,
    /// The municipality it stands in.
    pub municipality: MunicipalityKey,
    /// Its name as on its door.
    pub name: String,
    /// What it does.
    pub services: Vec<ServiceKey>,
    /// Codes of the languages spoken there (ISO 639-1), not only ours.
    pub languages: Vec<String>,
    /// Its telephone, where known.
    pub phone: Option<String>,
    /// Its street and number, where known.
    pub address: Option<String>,
    /// Where it is.
    pub position: Position,
    /// Whether the position is only about right.
    pub approximate: bool,
    /// When it is open.
    pub hours: Hours,
    /// Whether somebody has confirmed the hours.
    pub hours_checked: bool,
    /// The time zone its hours are meant in.
    pub time_zone: Tz,
    /// Whether people are sent there; one that was closed is kept and no longer shown.
    pub active: bool,
}
