//! Names of municipalities as people write them, folded for comparison.

use crate::domain::offices::municipality::Municipality;
use crate::understanding::language::fold;

/// The folded names of a municipality.
pub(super) fn names(place: &Municipality) -> Vec<String> {
    std::iter::once(&place.name).chain(&place.aliases).map(|name| plain(name)).collect()
}

/// The similarity of the message with the most similar of the names, from 0 to 1.
pub(super) fn alike(names: &[String], message: &str) -> f64 {
    names.iter().map(|name| strsim::normalized_damerau_levenshtein(name, message)).fold(0.0, f64::max)
}

pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
