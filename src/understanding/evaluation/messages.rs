//! Evaluates messages one by one, without context: `evaluate matching`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::confusions::{Confusion, confusions};
use super::curve::Curve;
use super::score::{Score, Shares};
use super::table::{Expected, Keys, Message};
use crate::understanding::matching::Understanding;

/// The results for a set of messages.
#[derive(Debug, Serialize)]
pub struct Report {
    /// All messages.
    pub overall: Shares,
    /// By language.
    pub languages: BTreeMap<String, Shares>,
    /// By style.
    pub styles: BTreeMap<String, Shares>,
    /// The risk at each coverage.
    pub risk_coverage: Curve,
    /// The entries that were taken for others, the most frequent first.
    pub confusions: Vec<Confusion>,
}

/// Runs `understand` on every message and counts the results.
pub fn evaluate_messages(
    messages: &[Message],
    keys: &Keys,
    mut understand: impl FnMut(&Message) -> Understanding,
) -> Report {
    let judged: Vec<(&Message, Understanding)> =
        messages.iter().map(|message| (message, understand(message))).collect();
    Report::of(&judged, keys)
}

impl Report {
    /// Counts results.
    pub fn of(judged: &[(&Message, Understanding)], keys: &Keys) -> Report {
        let mut overall = Score::default();
        let (mut languages, mut styles) = (BTreeMap::<String, Score>::new(), BTreeMap::<String, Score>::new());
        for (message, understood) in judged {
            let lang = message.lang.map(|lang| lang.code().to_owned());
            let style = Some(message.style.clone()).filter(|style| !style.is_empty());
            overall.add(&message.expected, understood);
            lang.into_iter().for_each(|lang| languages.entry(lang).or_default().add(&message.expected, understood));
            style.into_iter().for_each(|style| styles.entry(style).or_default().add(&message.expected, understood));
        }
        Report {
            overall: overall.shares(),
            languages: shares(languages),
            styles: shares(styles),
            risk_coverage: Curve::of(
                &judged.iter().filter_map(|(message, understood)| certainty(message, understood)).collect::<Vec<_>>(),
            ),
            confusions: confusions(judged, keys),
        }
    }
}

fn shares(scores: BTreeMap<String, Score>) -> BTreeMap<String, Shares> {
    scores.into_iter().map(|(name, score)| (name, score.shares())).collect()
}

/// The best entry's probability, and whether it is right; nothing if no entry should answer.
fn certainty(message: &Message, understood: &Understanding) -> Option<(f32, bool)> {
    let (entry, share) = understood.ranked.first()?;
    match &message.expected {
        Expected::Entries(right) => Some((*share, right.contains(entry))),
        Expected::OutOfScope | Expected::SmallTalk => None,
    }
}
