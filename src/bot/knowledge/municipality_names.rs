//! Names of municipalities as people write them, folded to be compared.

use crate::domain::offices::municipality::Municipality;
use crate::understanding::language::fold;

/// What the municipality is called, folded.
pub(super) fn names(place: &Municipality) -> Vec<String> {
    std::iter::once(&place.name).chain(&place.aliases).map(|name| plain(name)).collect()
}

/// How much of the name that is most like the message is right, from 0 to 1.
pub(super) fn alike(names: &[String], message: &str) -> f64 {
    names.iter().map(|name| strsim::normalized_damerau_levenshtein(name, message)).fold(0.0, f64::max)
}

pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
