//! Confusions: the entries that are taken for other entries.

use std::collections::HashMap;

use serde::Serialize;

use super::table::{Expected, Keys, Message};
use crate::understanding::matching::{Understanding, Verdict};

/// An entry that was taken for another.
#[derive(Debug, Serialize)]
pub struct Confusion {
    /// The expected entry (the first of several), or `-`.
    pub expected: String,
    /// The entry that was ranked first.
    pub understood: String,
    /// How often.
    pub times: usize,
    /// How often it was answered directly.
    pub answered: usize,
}

/// All pairs, the most frequent first; an out-of-scope message counts if it was answered or got an offer.
pub fn confusions(judged: &[(&Message, Understanding)], keys: &Keys) -> Vec<Confusion> {
    let mut pairs: HashMap<(Option<usize>, usize), (usize, usize)> = HashMap::new();
    for (message, understood) in judged {
        if let Some(pair) = confused(message, understood) {
            let (times, answered) = pairs.entry(pair).or_default();
            *times += 1;
            *answered += usize::from(matches!(understood.verdict, Verdict::Sure(_)));
        }
    }
    let name = |place: usize| keys.names.get(place).cloned().unwrap_or_default();
    let mut found: Vec<Confusion> = pairs
        .into_iter()
        .map(|((expected, understood), (times, answered))| Confusion {
            expected: expected.map_or_else(|| "-".to_owned(), name),
            understood: name(understood),
            times,
            answered,
        })
        .collect();
    found.sort_by(|a, b| {
        b.times
            .cmp(&a.times)
            .then(b.answered.cmp(&a.answered))
            .then_with(|| (&a.expected, &a.understood).cmp(&(&b.expected, &b.understood)))
    });
    found
}

fn confused(message: &Message, understood: &Understanding) -> Option<(Option<usize>, usize)> {
    let (best, _) = *understood.ranked.first()?;
    match &message.expected {
        Expected::Entries(right) => (!right.contains(&best)).then(|| (right.first().copied(), best)),
        Expected::OutOfScope | Expected::SmallTalk => match understood.verdict {
            Verdict::Sure(_) | Verdict::Several(_) => Some((None, best)),
            Verdict::SmallTalk(_) | Verdict::Nothing => None,
        },
    }
}
