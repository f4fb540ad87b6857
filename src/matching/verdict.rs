//! From probabilities to what to say: sure, several, small talk, nothing.

use crate::domain::small_talk::SmallTalk;

/// An entry at least as likely as this is answered directly.
const SURE: f32 = 0.55;
/// Below this probability of the best entry nothing is offered.
const WORTH_OFFERING: f32 = 0.10;
/// An entry is offered beside the best if it has at least this part of its probability.
const BESIDE_THE_BEST: f32 = 0.05;
/// No more entries than these are offered.
const OFFERED: usize = 4;
/// Small talk at least as likely as this gets a friendly word.
const FRIENDLY: f32 = 0.5;

/// What to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Answer with this entry.
    Sure(usize),
    /// Offer these, two to four.
    Several(Vec<usize>),
    /// A friendly word back.
    SmallTalk(SmallTalk),
    /// Say that it was not understood.
    Nothing,
}

/// The verdict on entries with their probabilities (best first) and on kinds of small talk with theirs.
pub fn decide(ranked: &[(usize, f32)], small_talk: &[(SmallTalk, f32)]) -> Verdict {
    let friendly: f32 = small_talk.iter().map(|(_, share)| share).sum();
    let kind = small_talk.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    match (ranked.first(), kind) {
        (_, Some((kind, _))) if friendly >= FRIENDLY => Verdict::SmallTalk(*kind),
        (Some((entry, share)), _) if *share >= SURE => Verdict::Sure(*entry),
        (Some((_, share)), _) if *share >= WORTH_OFFERING => offer(ranked, *share),
        (Some(_) | None, _) => Verdict::Nothing,
    }
}

fn offer(ranked: &[(usize, f32)], best: f32) -> Verdict {
    let near = ranked.iter().filter(|(_, share)| *share >= best * BESIDE_THE_BEST).count();
    let offered = ranked.iter().take(near.clamp(2, OFFERED)).map(|(entry, _)| *entry).collect::<Vec<_>>();
    match offered.as_slice() {
        [only] => Verdict::Sure(*only),
        [] | [_, ..] => Verdict::Several(offered),
    }
}
