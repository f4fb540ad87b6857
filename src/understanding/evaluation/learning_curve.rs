//! Reduces the phrasings for a learning curve: how good is matching with only so many per entry and language?

use std::collections::BTreeMap;

use crate::domain::content::phrasing::Phrasing;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// Keeps at most this many phrasings per entry and language, spread evenly over the existing ones. Out-of-scope
/// messages all stay: a clerk does not write them.
pub fn at_most(most: usize, phrasings: &mut Vec<Phrasing>) {
    let mut counts: BTreeMap<(EntryKey, Lang), usize> = BTreeMap::new();
    for phrasing in phrasings.iter() {
        if let Some(entry) = &phrasing.entry {
            *counts.entry((entry.clone(), phrasing.lang)).or_default() += 1;
        }
    }
    let mut met: BTreeMap<(EntryKey, Lang), usize> = BTreeMap::new();
    phrasings.retain(|phrasing| {
        let Some(entry) = &phrasing.entry else { return true };
        let key = (entry.clone(), phrasing.lang);
        let all = counts.get(&key).copied().unwrap_or_default().max(1);
        let place = met.entry(key).or_default();
        *place += 1;
        // The n-th phrasing is kept if it starts another one of `most` equal parts.
        all <= most || *place * most / all > (*place - 1) * most / all
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings_are_left_evenly_and_messages_out_of_scope_all() {
        let phrasing = |entry: Option<&str>, n: usize| Phrasing {
            entry: entry.map(|key| key.parse().unwrap()),
            lang: Lang::first(),
            text: n.to_string(),
        };
        let mut phrasings: Vec<Phrasing> = (1..=10).map(|n| phrasing(Some("health/cost"), n)).collect();
        phrasings.extend((1..=3).map(|n| phrasing(None, n)));
        at_most(2, &mut phrasings);
        assert_eq!(
            phrasings.iter().map(|phrasing| phrasing.text.as_str()).collect::<Vec<_>>(),
            ["5", "10", "1", "2", "3"]
        );
    }
}
