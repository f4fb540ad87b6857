//! Understands a text in the context of a talk: short texts stay with the last answered entry, or go to a related one.
//!
//! A gate from 0 to 1 estimates how much the text depends on the previous one. It is open for short texts and for texts
//! like the examples of follow-ups, and it scales the bonus for the last entry, for related entries and for the earlier
//! words.
//!
//! The constants were chosen on 66 talks of our own (167 follow-ups): right or offered .65 → .89, directly wrong .105 →
//! .045.

use super::linear::softmax;
use super::{Before, Class, class_place};

/// How much the lead of the follow-up class over the best entry opens the gate, per logit.
const LEAD: f32 = 0.4;
/// How much each word that a text is shorter than `LONG` opens the gate.
const BREVITY: f32 = 0.65;
/// From this many words on a text is likely to be independent.
const LONG: f32 = 12.0;
/// Bonus for the last answered entry, in logits: a constant part, and a part scaled by the gate.
const SAME: (f32, f32) = (2.5, 2.0);
/// Bonus for an entry related to it: a constant part, and a part scaled by the gate.
const RELATED: (f32, f32) = (1.05, 1.2);
/// Weight of the earlier words' scores beside the new ones, scaled by the gate.
const EARLIER: f32 = 0.5;
/// Bonus for out of scope, so that the last entry does not take messages that it does not answer.
const OUTSIDE: f32 = 2.2;
/// The same for small talk.
const FRIENDLY: f32 = 1.6;
/// Score of the follow-up class after the gate has used it, so that it takes no probability.
const TAKES_NO_SHARE: f32 = -30.0;

/// Probabilities of all classes for a text in a talk, and whether the text depends on the previous one.
pub fn in_context(scores: &[f32], words: usize, earlier: &[f32], before: &Before, entries: usize) -> (Vec<f32>, bool) {
    let gate = gate(scores, words, entries);
    let always = belongs(scores, entries);
    let tie = gate * always;
    let mut joined = scores.to_vec();
    joined[..entries].iter_mut().zip(earlier).for_each(|(new, old)| *new += EARLIER * tie * old);
    joined[before.entry] += SAME.0 * always + SAME.1 * tie;
    for related in before.related.iter().filter(|related| **related < entries) {
        joined[*related] += RELATED.0 * always + RELATED.1 * tie;
    }
    let (outside, follow) = (class_place(Class::OutOfScope, entries), class_place(Class::FollowUp, entries));
    joined[outside] += OUTSIDE;
    joined[outside + 1..follow].iter_mut().for_each(|score| *score += FRIENDLY);
    joined[follow] = TAKES_NO_SHARE;
    softmax(&mut joined);
    let follows = gate > 0.5 && leans(&joined, scores, before, entries);
    (joined, follows)
}

/// From 0 (independent) to 1 (makes sense only after other words).
fn gate(scores: &[f32], words: usize, entries: usize) -> f32 {
    let best = scores[..entries].iter().copied().fold(f32::MIN, f32::max);
    let lead = scores[class_place(Class::FollowUp, entries)] - best;
    1.0 / (1.0 + (-(LEAD * lead + BREVITY * (LONG - words as f32))).exp())
}

/// The probability that it is about an entry at all: thanks and jokes are not tied to the talk.
fn belongs(scores: &[f32], entries: usize) -> f32 {
    let mut alone = scores.to_vec();
    softmax(&mut alone);
    let apart: f32 = alone[entries..class_place(Class::FollowUp, entries)].iter().sum();
    (1.0 - apart).max(0.0)
}

/// Whether the talk decided the best entry: it is the last answered one, or a related one that was not best without the
/// talk.
fn leans(joined: &[f32], scores: &[f32], before: &Before, entries: usize) -> bool {
    let best = |scores: &[f32]| (0..entries).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let now = best(joined);
    let tied = now.is_some_and(|entry| entry == before.entry || before.related.contains(&entry));
    tied && (now != best(scores) || now == Some(before.entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three entries, out of scope, five kinds of small talk, follow-ups.
    fn scores(entries: [f32; 3], outside: f32, follow: f32) -> Vec<f32> {
        entries.into_iter().chain([outside, 0.0, 0.0, 0.0, 0.0, 0.0, follow]).collect()
    }

    fn best(scores: &[f32], words: usize) -> (usize, bool) {
        let before = Before { entry: 0, words: "", related: &[1] };
        let (shares, follows) = in_context(scores, words, &[0.0; 10], &before, 3);
        ((0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap(), follows)
    }

    #[test]
    fn a_short_vague_text_stays_with_the_entry_before() {
        assert_eq!(best(&scores([0.5, 0.5, 1.0], 0.0, 3.0), 3), (0, true));
    }

    #[test]
    fn a_related_entry_is_preferred_to_a_strange_one_with_the_same_words() {
        assert_eq!(best(&scores([-5.0, 2.0, 2.5], 0.0, 0.0), 4).0, 1);
    }

    #[test]
    fn a_new_subject_is_recognised_as_new() {
        assert_eq!(best(&scores([0.0, 0.0, 9.0], 0.0, -2.0), 20), (2, false));
    }

    #[test]
    fn what_no_entry_answers_is_not_tied_to_the_talk() {
        assert_eq!(best(&scores([1.0, 0.0, 0.0], 6.0, 0.0), 3).0, 3);
    }
}
