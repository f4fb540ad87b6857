//! Offices where people can go, and the services they give.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::hours::{Hours, Open};
use super::position::Position;
use crate::domain::content::body::OfficeBody;
use crate::domain::text::id::{MunicipalityKey, OfficeKey, ServiceKey};
use crate::domain::text::lang::Lang;

/// A kind of service that offices give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Where it is, where known.
    pub position: Option<Position>,
    /// Whether the position is only about right.
    pub approximate: bool,
    /// When it is open, where known.
    pub hours: Option<Hours>,
    /// Whether somebody has confirmed the hours.
    pub hours_checked: bool,
    /// The time zone its hours are meant in.
    pub time_zone: Tz,
    /// Whether people are sent there; one that was closed is kept and no longer shown.
    pub active: bool,
}

impl Office {
    /// What is known of it, as it would be typed.
    pub fn body(&self) -> OfficeBody {
        OfficeBody {
            name: self.name.trim().to_owned(),
            services: self.services.clone(),
            languages: self.languages.clone(),
            phone: self.phone.clone().unwrap_or_default().trim().to_owned(),
            address: self.address.clone().unwrap_or_default().trim().to_owned(),
            lat: self.position.map(Position::lat),
            lon: self.position.map(Position::lon),
            approximate: self.approximate,
            hours: self.hours.as_ref().map(|hours| hours.as_str().trim().to_owned()).unwrap_or_default(),
            hours_checked: self.hours_checked,
            time_zone: self.time_zone.name().to_owned(),
            active: self.active,
        }
        .plain()
    }

    /// The hours that somebody has confirmed; only these say whether it is open. Nothing where they are unknown or guessed.
    pub fn confirmed_hours(&self) -> Option<&Hours> {
        self.hours.as_ref().filter(|_| self.hours_checked)
    }

    /// A moment in its own local time.
    pub fn local(&self, now: DateTime<Utc>) -> NaiveDateTime {
        now.with_timezone(&self.time_zone).naive_local()
    }

    /// Whether it is open at this local time, with the public holidays of its municipality; nothing where nobody has confirmed its
    /// hours.
    pub fn open_at(&self, local: NaiveDateTime) -> Option<Open> {
        self.confirmed_hours().map(|hours| hours.in_municipality(&self.municipality).at(local))
    }
}
