//! Positions on the earth, and the distances between them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// Degrees outside the valid range.
#[derive(Debug, Error, PartialEq)]
#[error("latitude must be within ±90 and longitude within ±180")]
pub struct PositionError;

/// An office further than this from its municipality's position has to be confirmed, in kilometres.
pub const FAR_KM: f64 = 50.0;
/// A municipality further than this from all others has to be confirmed, in kilometres: less than the error of a
/// missing minus sign anywhere in Chile, more than from one end of the mainland to the next municipality.
pub const FAR_FROM_ALL_KM: f64 = 2_500.0;

/// The distance to an office.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Away {
    /// Kilometres along the surface.
    pub km: f64,
    /// Whether the distance is to the municipality's position, because the office's own is unknown.
    pub to_town: bool,
}

/// A position in degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    lat: f64,
    lon: f64,
}

impl Position {
    /// A position; latitude −90 to 90, longitude −180 to 180.
    pub fn new(lat: f64, lon: f64) -> Result<Position, PositionError> {
        if lat.abs() <= 90.0 && lon.abs() <= 180.0 { Ok(Position { lat, lon }) } else { Err(PositionError) }
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// The distance from an office to its municipality, if it is more than `FAR_KM`.
    pub fn too_far_from(self, town: Position) -> Option<f64> {
        Some(self.km_to(town)).filter(|km| *km > FAR_KM)
    }

    /// The distance from a municipality to the nearest other one, if it is more than `FAR_FROM_ALL_KM`.
    pub fn too_far_from_all(self, others: impl Iterator<Item = Position>) -> Option<f64> {
        others.map(|other| self.km_to(other)).min_by(f64::total_cmp).filter(|km| *km > FAR_FROM_ALL_KM)
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
    type Error = PositionError;
    fn try_from((lat, lon): (f64, f64)) -> Result<Self, PositionError> {
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
    fn a_missing_minus_and_swapped_numbers_are_too_far_from_the_municipality() {
        let place = |lat, lon| Position::new(lat, lon).unwrap();
        let recoleta = place(-33.406, -70.64);
        for wrong in [place(33.4, -70.64), place(-33.4, 70.64), place(-70.64, -33.4), place(-34.4, -70.64)] {
            assert!(wrong.too_far_from(recoleta).is_some_and(|km| km > 100.0), "{wrong:?}");
        }
        assert_eq!(place(-33.45, -70.7).too_far_from(recoleta), None);
        // Arica, the northernmost town of the mainland.
        let others = || [recoleta, place(-20.2133, -70.1503)].into_iter();
        assert_eq!(place(-18.4783, -70.319).too_far_from_all(others()), None);
        assert!(place(18.4783, -70.319).too_far_from_all(others()).is_some());
        assert_eq!(place(18.4783, -70.319).too_far_from_all(std::iter::empty()), None, "the first of all");
    }

    #[test]
    fn what_is_not_on_the_earth_is_refused() {
        assert!(Position::new(91.0, 0.0).is_err());
        assert!(Position::new(0.0, f64::NAN).is_err());
    }
}
