//! Finds a municipality by its name, as people write it.

use super::Knowledge;
use crate::domain::id::MunicipalityKey;
use crate::domain::municipality::Municipality;
use crate::language::fold;

/// How much of a name must be right when the name is all that was written, from 0 to 1.
const ALIKE: f64 = 0.8;
/// Longest message, in words, that can be a place's name and nothing else.
const NAME_WORDS: usize = 5;

impl Knowledge {
    /// The municipality that a short message names, misspelt or not; used where we asked for a place.
    pub fn place_like(&self, message: &str) -> Option<&Municipality> {
        let message = plain(message);
        let best = self
            .municipalities()
            .iter()
            .flat_map(|place| names(place).map(move |name| (place, name)))
            .map(|(place, name)| (place, strsim::normalized_damerau_levenshtein(&name, &message)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        best.filter(|(_, alike)| *alike >= ALIKE).map(|(place, _)| place).or_else(|| self.place_in(&message))
    }

    /// The municipality whose whole name stands in the message.
    pub fn place_in(&self, message: &str) -> Option<&Municipality> {
        let message = format!(" {} ", plain(message));
        let named = |place: &&Municipality| names(place).any(|name| message.contains(&format!(" {name} ")));
        // "San Antonio" before "Antonio": the longest name is the one that was meant.
        self.municipalities().iter().filter(named).max_by_key(|place| place.name.len())
    }

    /// The municipality that a message is nothing but the name of.
    pub fn place_alone(&self, message: &str) -> Option<&Municipality> {
        let short = message.split_whitespace().count() <= NAME_WORDS;
        short.then(|| self.place_like(message)).flatten().filter(|place| {
            let rest = plain(message);
            names(place).any(|name| strsim::normalized_damerau_levenshtein(&name, &rest) >= ALIKE)
        })
    }

    /// The municipality nearest to a place, if it is within `km` kilometres.
    pub fn municipality_near(&self, from: crate::domain::position::Position, km: f64) -> Option<&MunicipalityKey> {
        let distances = self.municipalities().iter().map(|place| (place, from.km_to(place.position)));
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.filter(|(_, distance)| *distance <= km).map(|(place, _)| &place.key)
    }
}

fn names(place: &Municipality) -> impl Iterator<Item = String> + '_ {
    std::iter::once(&place.name).chain(&place.aliases).map(|name| plain(name))
}

fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
