//! Finds the municipality that a message names, or that is nearest to a position.

use super::Knowledge;
use super::municipality_names::{alike, names, plain};
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::position::Position;
use crate::domain::text::id::MunicipalityKey;

/// Smallest similarity of a message that is nothing but a municipality's name, from 0 to 1.
const ALIKE: f64 = 0.8;
/// Most words of a message that can be a municipality's name and nothing else.
const NAME_WORDS: usize = 5;

impl Knowledge {
    /// The municipality that a short message names, even misspelt; used after the bot asked for one.
    pub fn place_like(&self, message: &str) -> Option<&Municipality> {
        let message = plain(message);
        let alike = |(place, names): (_, &Vec<String>)| (place, alike(names, &message));
        let best = self.named_places().map(alike).max_by(|a, b| a.1.total_cmp(&b.1));
        best.filter(|(_, alike)| *alike >= ALIKE).map(|(place, _)| place).or_else(|| self.place_in(&message))
    }

    /// The municipality whose full name occurs in the message.
    pub fn place_in(&self, message: &str) -> Option<&Municipality> {
        let message = format!(" {} ", plain(message));
        let within = |name: &String| message.contains(&format!(" {name} "));
        let named = self.named_places().filter(|(_, names)| names.iter().any(within));
        // "San Antonio" before "Antonio": the longest name is the intended one.
        named.map(|(place, _)| place).max_by_key(|place| place.name.len())
    }

    /// The municipality whose name is the whole message.
    pub fn place_alone(&self, message: &str) -> Option<&Municipality> {
        let short = message.split_whitespace().count() <= NAME_WORDS;
        short.then(|| self.place_like(message)).flatten().filter(|place| alike(&names(place), &plain(message)) >= ALIKE)
    }

    fn named_places(&self) -> impl Iterator<Item = (&Municipality, &Vec<String>)> {
        self.municipalities().iter().zip(&self.place_names)
    }

    /// The municipality nearest to a position, if it is within `km` kilometres.
    pub fn municipality_near(&self, from: Position, km: f64) -> Option<&MunicipalityKey> {
        let distances = self.municipalities().iter().map(|place| (place, from.km_to(place.position)));
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.filter(|(_, distance)| *distance <= km).map(|(place, _)| &place.key)
    }
}
