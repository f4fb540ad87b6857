//! Offices that people can visit, and the services that they give.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
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

/// An office that people can visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Its key.
    pub key: OfficeKey,
    /// The municipality in which it is.
    pub municipality: MunicipalityKey,
    /// Its name as on its door.
    pub name: String,
    /// The services that it gives.
    pub services: Vec<ServiceKey>,
    /// Codes of the languages spoken there (ISO 639-1), not only the bot's.
    pub languages: Vec<String>,
    /// Its telephone, if known.
    pub phone: Option<String>,
    /// Its street and number, if known.
    pub address: Option<String>,
    /// Its position, if known.
    pub position: Option<Position>,
    /// Whether the position is approximate.
    pub approximate: bool,
    /// Its opening hours, if known.
    pub hours: Option<Hours>,
    /// Whether somebody has confirmed the hours.
    pub hours_checked: bool,
    /// The time zone of its hours.
    pub time_zone: Tz,
    /// Whether it is shown to people; a closed office is kept and not shown.
    pub active: bool,
}

impl Office {
    /// Its fields as a form would hold them.
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

    /// The hours if somebody has confirmed them: unconfirmed hours never tell whether it is open.
    pub fn confirmed_hours(&self) -> Option<&Hours> {
        self.hours.as_ref().filter(|_| self.hours_checked)
    }

    /// A moment in the office's local time.
    pub fn local(&self, now: DateTime<Utc>) -> NaiveDateTime {
        now.with_timezone(&self.time_zone).naive_local()
    }

    /// From when until when it is open on this day; `None` if its hours are not confirmed.
    pub fn open_on(&self, day: NaiveDate) -> Option<Vec<(NaiveTime, NaiveTime)>> {
        self.confirmed_hours().map(|hours| hours.in_municipality(&self.municipality).on(day))
    }

    /// Whether it is open at this local time, with its municipality's public holidays; `None` if its hours are not
    /// confirmed.
    pub fn open_at(&self, local: NaiveDateTime) -> Option<Open> {
        self.confirmed_hours().map(|hours| hours.in_municipality(&self.municipality).at(local))
    }
}
