//! Finds a municipality by its name, as people write it.

use super::Knowledge;
use crate::domain::offices::municipality::Municipality;
use crate::domain::text::id::MunicipalityKey;
use crate::understanding::language::fold;

/// How much of a name must be right when the name is all that was written, from 0 to 1.
const ALIKE: f64 = 0.8;
/// Longest message, in words, that can be a place's name and nothing else.
const NAME_WORDS: usize = 5;

impl Knowledge {
    /// The municipality that a short message names, misspelt or not; used where we asked for a place.
    pub fn place_like(&self, message: &str) -> Option<&Municipality> {
        let message = plain(message);
        let alike = |(place, names): (_, &Vec<String>)| (place, alike(names, &message));
        let best = self.named_places().map(alike).max_by(|a, b| a.1.total_cmp(&b.1));
        best.filter(|(_, alike)| *alike >= ALIKE).map(|(place, _)| place).or_else(|| self.place_in(&message))
    }

    /// The municipality whose whole name stands in the message.
    pub fn place_in(&self, message: &str) -> Option<&Municipality> {
        let message = format!(" {} ", plain(message));
        let within = |name: &String| message.contains(&format!(" {name} "));
        let named = self.named_places().filter(|(_, names)| names.iter().any(within));
        // "San Antonio" before "Antonio": the longest name is the one that was meant.
        named.map(|(place, _)| place).max_by_key(|place| place.name.len())
    }

    /// The municipality that a message is nothing but the name of.
    pub fn place_alone(&self, message: &str) -> Option<&Municipality> {
        let short = message.split_whitespace().count() <= NAME_WORDS;
        short.then(|| self.place_like(message)).flatten().filter(|place| alike(&names(place), &plain(message)) >= ALIKE)
    }

    fn named_places(&self) -> impl Iterator<Item = (&Municipality, &Vec<String>)> {
        self.municipalities().iter().zip(&self.place_names)
    }

    /// The municipality nearest to a place, if it is within `km` kilometres.
    pub fn municipality_near(
        &self,
        from: crate::domain::offices::position::Position,
        km: f64,
    ) -> Option<&MunicipalityKey> {
        let distances = self.municipalities().iter().map(|place| (place, from.km_to(place.position)));
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.filter(|(_, distance)| *distance <= km).map(|(place, _)| &place.key)
    }
}

/// What the place is called, folded.
pub(super) fn names(place: &Municipality) -> Vec<String> {
    std::iter::once(&place.name).chain(&place.aliases).map(|name| plain(name)).collect()
}

/// How much of the name that is most like the message is right, from 0 to 1.
fn alike(names: &[String], message: &str) -> f64 {
    names.iter().map(|name| strsim::normalized_damerau_levenshtein(name, message)).fold(0.0, f64::max)
}

fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
