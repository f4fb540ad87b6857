//! Understanding a text by what was said before it.

use crate::domain::small_talk::SmallTalk;

use super::linear::softmax;
use super::{Before};

/// What the earlier words weigh beside the new ones.
const EARLIER: f32 = 0.5;
/// What speaks for staying with the entry answered before, in logits.
const SAME: f32 = 2.5;
/// What speaks for an entry related to it, in logits.
const RELATED: f32 = 1.2;

/// Shares of all classes for a text in a talk, and whether the talk before decided.
pub fn in_context(scores: &[f32], alone: &[f32], earlier: &[f32], before: &Before, entries: usize) -> (Vec<f32>, bool) {
    let follow = entries + 1 + SmallTalk::ALL.len();
    let gate = alone.get(follow).copied().unwrap_or(0.0);
    let mut joined: Vec<f32> = scores[..entries].iter().zip(earlier).map(|(new, old)| new + EARLIER * old).collect();
    if let Some(score) = joined.get_mut(before.entry) {
        *score += SAME;
    }
    for related in before.related {
        if let Some(score) = joined.get_mut(*related) {
            *score += RELATED;
        }
    }
    softmax(&mut joined, 1.0);
    let mut shares = alone.to_vec();
    shares[follow] = 0.0;
    shares.iter_mut().zip(&joined).for_each(|(share, joined)| *share += gate * joined);
    (shares, gate > 0.5)
}
