//! A place on the earth and the distance between two.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// Degrees that are no place.
#[derive(Debug, Error, PartialEq)]
#[error("latitude must be within ±90 and longitude within ±180")]
pub struct NotAPlace;

/// A place in degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    lat: f64,
    lon: f64,
}

impl Position {
    /// A place; latitude −90 to 90, longitude −180 to 180.
    pub fn new(lat: f64, lon: f64) -> Result<Position, NotAPlace> {
        if lat.abs() <= 90.0 && lon.abs() <= 180.0 { Ok(Position { lat, lon }) } else { Err(NotAPlace) }
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Kilometres along the surface, by the haversine formula
    /// (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984).
    pub fn km_to(self, other: Position) -> f64 {
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let a = half(self.lat, other.lat)
            + self.lat.to_radians().cos() * other.lat.to_radians().cos() * half(self.lon, other.lon);
        2.0 * EARTH_KM * a.sqrt().min(1.0).asin()
    }
}

impl TryFrom<(f64, f64)> for Position {
    type Error = NotAPlace;
    fn try_from((lat, lon): (f64, f64)) -> Result<Self, NotAPlace> {
        Position::new(lat, lon)
    }
}

impl From<Position> for (f64, f64) {
    fn from(place: Position) -> (f64, f64) {
        (place.lat, place.lon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let here = Position::new(-33.0, -70.0).unwrap();
        let there = Position::new(-34.0, -70.0).unwrap();
        assert!((here.km_to(there) - 111.2).abs() < 0.1);
        assert_eq!(here.km_to(here), 0.0);
    }

    #[test]
    fn what_is_not_on_the_earth_is_refused() {
        assert!(Position::new(91.0, 0.0).is_err());
        assert!(Position::new(0.0, f64::NAN).is_err());
    }
}
