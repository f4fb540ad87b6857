//! Counts how messages were understood, and computes the shares.

use serde::Serialize;

use super::table::Expected;
use crate::understanding::matching::{Understanding, Verdict};

/// The counts; every message adds to some of them.
#[derive(Debug, Clone, Default)]
pub struct Score {
    in_scope: Count,
    top1: usize,
    top3: usize,
    reciprocal: f64,
    right: usize,
    offered_right: usize,
    nothing: usize,
    out_of_scope: Count,
    small_talk: Count,
}

/// Messages, and how many of them were answered directly or got an offer (in scope: wrongly).
#[derive(Debug, Clone, Default)]
struct Count {
    n: usize,
    answered: usize,
    offered: usize,
}

/// Shares from 0 to 1, of the messages that an entry should answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shares {
    /// Number of messages.
    pub n: usize,
    /// The best entry is a right one.
    pub top1: f64,
    /// A right entry is among the best three.
    pub top3: f64,
    /// Mean reciprocal rank; a right entry that is not ranked counts 0.
    pub mrr: f64,
    /// Answered directly, rightly.
    pub right: f64,
    /// Answered directly, wrongly.
    pub wrong: f64,
    /// A right entry was offered.
    pub offered_right: f64,
    /// Only wrong entries were offered.
    pub offered_wrong: f64,
    /// No answer, or only a friendly reply.
    pub nothing: f64,
    /// Messages that no entry should answer.
    pub out_of_scope: OutOfScopeShares,
    /// Thanks, greetings, news; left out if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_talk: Option<OutOfScopeShares>,
}

/// Messages that no entry should answer: the shares that got an entry nevertheless.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutOfScopeShares {
    /// Number of messages.
    pub n: usize,
    /// Answered directly with an entry.
    pub answered: f64,
    /// Got an offer of entries.
    pub offered: f64,
}

impl Score {
    /// Adds a message.
    pub fn add(&mut self, expected: &Expected, understood: &Understanding) {
        match expected {
            Expected::Entries(right) => self.add_in_scope(right, understood),
            Expected::OutOfScope => self.out_of_scope.add(&understood.verdict),
            Expected::SmallTalk => self.small_talk.add(&understood.verdict),
        }
    }

    fn add_in_scope(&mut self, right: &[usize], understood: &Understanding) {
        self.in_scope.n += 1;
        if let Some(rank) = understood.ranked.iter().position(|(entry, _)| right.contains(entry)) {
            self.top1 += usize::from(rank < 1);
            self.top3 += usize::from(rank < 3);
            self.reciprocal += 1.0 / (rank + 1) as f64;
        }
        match &understood.verdict {
            Verdict::Sure(entry) if right.contains(entry) => self.right += 1,
            Verdict::Sure(_) => self.in_scope.answered += 1,
            Verdict::Several(entries) if entries.iter().any(|entry| right.contains(entry)) => self.offered_right += 1,
            Verdict::Several(_) => self.in_scope.offered += 1,
            Verdict::SmallTalk(_) | Verdict::Nothing => self.nothing += 1,
        }
    }

    /// Computes the shares.
    pub fn shares(&self) -> Shares {
        let n = self.in_scope.n;
        Shares {
            n,
            top1: share(self.top1, n),
            top3: share(self.top3, n),
            mrr: self.reciprocal / n.max(1) as f64,
            right: share(self.right, n),
            wrong: share(self.in_scope.answered, n),
            offered_right: share(self.offered_right, n),
            offered_wrong: share(self.in_scope.offered, n),
            nothing: share(self.nothing, n),
            out_of_scope: self.out_of_scope.shares(),
            small_talk: Some(self.small_talk.shares()).filter(|shares| shares.n > 0),
        }
    }
}

impl Count {
    fn add(&mut self, verdict: &Verdict) {
        self.n += 1;
        match verdict {
            Verdict::Sure(_) => self.answered += 1,
            Verdict::Several(_) => self.offered += 1,
            Verdict::SmallTalk(_) | Verdict::Nothing => {}
        }
    }

    fn shares(&self) -> OutOfScopeShares {
        OutOfScopeShares { n: self.n, answered: share(self.answered, self.n), offered: share(self.offered, self.n) }
    }
}

/// A part of a whole; 0 if the whole is 0.
pub fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::small_talk::SmallTalk;

    fn understood(verdict: Verdict) -> Understanding {
        Understanding {
            verdict,
            ranked: vec![(4, 0.6), (2, 0.3), (1, 0.1)],
            outside: 0.0,
            small_talk: 0.0,
            follows: false,
        }
    }

    #[test]
    fn a_message_in_scope_counts_by_rank_and_by_verdict() {
        let mut score = Score::default();
        score.add(&Expected::Entries(vec![4]), &understood(Verdict::Sure(4)));
        score.add(&Expected::Entries(vec![2, 9]), &understood(Verdict::Sure(4)));
        score.add(&Expected::Entries(vec![2]), &understood(Verdict::Several(vec![4, 2])));
        score.add(&Expected::Entries(vec![9]), &understood(Verdict::SmallTalk(SmallTalk::Thanks)));
        let shares = score.shares();
        assert_eq!((shares.n, shares.top1, shares.top3, shares.mrr), (4, 0.25, 0.75, 0.5));
        assert_eq!((shares.right, shares.wrong, shares.offered_right, shares.nothing), (0.25, 0.25, 0.25, 0.25));
    }

    #[test]
    fn out_of_scope_counts_apart() {
        let mut score = Score::default();
        score.add(&Expected::OutOfScope, &understood(Verdict::Sure(4)));
        score.add(&Expected::OutOfScope, &understood(Verdict::Nothing));
        assert_eq!(score.shares().out_of_scope, OutOfScopeShares { n: 2, answered: 0.5, offered: 0.0 });
        assert_eq!((score.shares().n, score.shares().small_talk), (0, None));
    }
}
