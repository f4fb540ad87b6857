//! Evaluates messages in the order in which people wrote them, each in the context of the talk: `evaluate talks`.

use super::messages::Report;
use super::table::{Expected, Keys, Message};
use crate::understanding::matching::{Before, Understanding, Verdict};

/// The data of an entry that a talk needs: its related entries.
#[derive(Debug, Clone, Default)]
pub struct TalkEntry {
    /// The indexes of the related entries.
    pub related: Vec<usize>,
}

/// The last answer to a person.
#[derive(Default)]
struct Talk {
    person: String,
    answered: Option<(usize, String)>,
}

/// Evaluates the messages in order. If entries are offered, the person is assumed to choose the right one if it is
/// among them.
pub fn evaluate_talks(
    messages: &[Message],
    keys: &Keys,
    entries: &[TalkEntry],
    mut understand: impl FnMut(&str, Option<&Before>) -> Understanding,
) -> Report {
    let mut talk = Talk::default();
    let mut judged = Vec::new();
    for message in messages {
        if talk.person != message.person {
            talk = Talk { person: message.person.clone(), answered: None };
        }
        let before = talk.answered.as_ref().map(|(entry, words)| Before {
            entry: *entry,
            words,
            related: entries.get(*entry).map_or(&[], |entry| &entry.related),
        });
        let understood = understand(&message.text, before.as_ref());
        if let Some(entry) = answered(message, &understood.verdict) {
            talk.answered = Some((entry, message.text.clone()));
        }
        judged.push((message, understood));
    }
    Report::of(&judged, keys)
}

fn answered(message: &Message, verdict: &Verdict) -> Option<usize> {
    match (verdict, &message.expected) {
        (Verdict::Sure(entry), _) => Some(*entry),
        (Verdict::Several(offered), Expected::Entries(right)) => {
            offered.iter().find(|entry| right.contains(entry)).copied()
        }
        (Verdict::Several(_), Expected::OutOfScope | Expected::SmallTalk)
        | (Verdict::SmallTalk(_) | Verdict::Nothing, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_understood_with_what_was_answered_before_to_the_same_person() {
        let message = |person: &str| Message {
            person: person.to_owned(),
            lang: None,
            expected: Expected::Entries(vec![3]),
            text: "x".to_owned(),
            style: String::new(),
        };
        let mut seen = Vec::new();
        evaluate_talks(&[message("a"), message("a"), message("b")], &Keys::default(), &[], |_, before| {
            seen.push(before.map(|before| before.entry));
            Understanding {
                verdict: Verdict::Sure(3),
                ranked: vec![(3, 1.0)],
                outside: 0.0,
                small_talk: 0.0,
                follows: false,
            }
        });
        assert_eq!(seen, [None, Some(3), None]);
    }
}
