//! A small map of an office and its nearest neighbours, as points and as a table.

use std::borrow::Borrow;

use crate::domain::offices::office::Office;
use crate::domain::offices::position::Position;
use crate::domain::text::id::OfficeKey;
use crate::web::console::staff_session::StaffSession;

/// Neighbours shown.
const SHOWN: usize = 8;
/// The map's width and height in its own units.
const SIZE: (f64, f64) = (340.0, 240.0);
/// Margin around the points, so that their numbers stay readable.
const MARGIN: f64 = 22.0;
/// The map never shows less than this distance, in kilometres.
const LEAST_KM: f64 = 0.4;
/// Kilometres per degree of latitude.
const KM_A_DEGREE: f64 = 111.2;

/// Another office.
pub(in crate::web::console) struct Neighbour {
    pub number: usize,
    pub key: OfficeKey,
    pub name: String,
    pub address: String,
    /// The distance in kilometres.
    pub km: f64,
    /// The point on the map.
    pub at: (f64, f64),
}

/// The map and its table.
pub(in crate::web::console) struct OfficeMap {
    pub here: (f64, f64),
    pub neighbours: Vec<Neighbour>,
    /// The scale's length on the map, and the kilometres that it stands for.
    pub scale: (f64, f64),
}

impl OfficeMap {
    /// The map around `here`; the office itself is not among its neighbours.
    pub fn of(here: Position, own: Option<&OfficeKey>, offices: &[Office]) -> OfficeMap {
        let others = offices.iter().filter(|office| office.active && Some(&office.key) != own);
        let placed = others.filter_map(|office| office.position.map(|at| (office, at, here.km_to(at))));
        let mut others: Vec<(&Office, Position, f64)> = placed.collect();
        others.sort_by(|a, b| a.2.total_cmp(&b.2));
        others.truncate(SHOWN);
        let paper = Paper::around(here, others.iter().map(|(_, at, _)| *at));
        let neighbours = others.into_iter().zip(1..).map(|((office, at, km), number)| Neighbour {
            number,
            key: office.key.clone(),
            name: office.name.clone(),
            address: office.address.clone().unwrap_or_default(),
            km,
            at: paper.at(at),
        });
        OfficeMap { here: paper.at(here), neighbours: neighbours.collect(), scale: paper.scale() }
    }
}

/// Equirectangular projection: degrees of longitude are shortened by the cosine of the middle latitude.
struct Paper {
    middle: (f64, f64),
    narrowing: f64,
    /// Map units per kilometre.
    a_km: f64,
}

impl Paper {
    fn around(here: Position, others: impl Iterator<Item = Position>) -> Paper {
        let places: Vec<Position> = std::iter::once(here).chain(others).collect();
        let ends = |of: fn(Position) -> f64| {
            let all = places.iter().map(|place| of(*place));
            all.fold((f64::MAX, f64::MIN), |(low, high), degrees| (low.min(degrees), high.max(degrees)))
        };
        let ((south, north), (west, east)) = (ends(Position::lat), ends(Position::lon));
        let middle = ((south + north) / 2.0, (west + east) / 2.0);
        let narrowing = middle.0.to_radians().cos();
        let high = ((north - south) * KM_A_DEGREE).max(LEAST_KM);
        let wide = ((east - west) * KM_A_DEGREE * narrowing).max(LEAST_KM);
        let a_km = ((SIZE.0 - 2.0 * MARGIN) / wide).min((SIZE.1 - 2.0 * MARGIN) / high);
        Paper { middle, narrowing, a_km }
    }

    fn at(&self, place: Position) -> (f64, f64) {
        let east = (place.lon() - self.middle.1) * KM_A_DEGREE * self.narrowing * self.a_km;
        let north = (place.lat() - self.middle.0) * KM_A_DEGREE * self.a_km;
        (rounded(SIZE.0 / 2.0 + east), rounded(SIZE.1 / 2.0 - north))
    }

    /// A round number of kilometres (1, 2 or 5 times a power of ten), at most a third of the map's width.
    fn scale(&self) -> (f64, f64) {
        let most = SIZE.0 / 3.0 / self.a_km;
        let ten = 10_f64.powf(most.log10().floor());
        let km = [5.0, 2.0, 1.0].into_iter().map(|step| step * ten).find(|km| *km <= most).unwrap_or(ten);
        (rounded(km * self.a_km), km)
    }
}

fn rounded(units: f64) -> f64 {
    (units * 10.0).round() / 10.0
}

impl StaffSession {
    /// Kilometres in the console's language, with one decimal below ten.
    pub fn km(&self, km: impl Borrow<f64>) -> String {
        let km = km.borrow();
        let digits = if *km < 10.0 { 1 } else { 0 };
        format!("{km:.digits$}").replace('.', &self.lang.about().decimal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn north_is_up_and_every_point_is_on_the_paper() {
        let (here, north, east) = (place(-33.45, -70.65), place(-33.40, -70.65), place(-33.45, -70.60));
        let paper = Paper::around(here, [north, east].into_iter());
        let (x, y) = paper.at(here);
        assert!(paper.at(north).1 < y && paper.at(east).0 > x);
        for (x, y) in [here, north, east].map(|place| paper.at(place)) {
            assert!((0.0..=SIZE.0).contains(&x) && (0.0..=SIZE.1).contains(&y));
        }
        let (length, km) = paper.scale();
        assert!(length <= SIZE.0 / 3.0 && km > 0.0);
    }

    #[test]
    fn places_at_the_same_spot_and_at_the_poles_still_make_a_map() {
        for here in [place(-33.0, -70.0), place(90.0, 180.0), place(-90.0, -180.0)] {
            let paper = Paper::around(here, [here].into_iter());
            let (x, y) = paper.at(here);
            assert!(x.is_finite() && y.is_finite() && paper.scale().0.is_finite());
        }
    }
}
