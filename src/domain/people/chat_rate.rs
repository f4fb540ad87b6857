//! A minute of a chat: how many messages it has brought, and what becomes of one too many.

/// How long a minute is, in seconds.
pub const LENGTH: i64 = 60;
/// How many messages of a chat are answered in a minute. Nobody types as many; who looks through buttons is quicker for a while.
pub const MOST: i64 = 30;
/// Clocks of replicas, and Telegram's, may differ by so many seconds.
const APART: i64 = 10;

/// The minute in which a chat spoke last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Minute {
    /// When it began, in seconds since 1970.
    pub from: i64,
    /// How many messages it has brought; one more than [`MOST`] where the chat was told to wait.
    pub said: i64,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateDecision {
    /// It is answered.
    Answered,
    /// It is one too many: the chat is told to wait for so many seconds.
    TooFast(i64),
    /// The chat was told, and the minute is not over: nothing is said.
    Silent,
}

impl Minute {
    /// The minute with a message that came `at` so many seconds since 1970, and what becomes of it.
    pub fn with_one_more(self, at: i64) -> (Minute, RateDecision) {
        // What a clock has set that was set back since is over.
        let is_over = at >= self.from + LENGTH || at < self.from - APART;
        if is_over {
            return (Minute { from: at, said: 1 }, RateDecision::Answered);
        }
        let one_more = Minute { said: self.said + 1, ..self };
        match self.said {
            ..MOST => (one_more, RateDecision::Answered),
            MOST => (one_more, RateDecision::TooFast((self.from + LENGTH - at).clamp(1, LENGTH))),
            _ => (self, RateDecision::Silent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of messages at these times.
    fn heard(times: impl IntoIterator<Item = i64>) -> Vec<RateDecision> {
        let mut minute = Minute::default();
        let one = |at| {
            let (next, rate_decision) = minute.with_one_more(at);
            minute = next;
            rate_decision
        };
        times.into_iter().map(one).collect()
    }

    #[test]
    fn who_says_too_much_is_told_once_how_long_to_wait_and_then_answered_again() {
        let most = usize::try_from(MOST).unwrap();
        let flood = heard((0..100).map(|n| 1_000 + n / 5).chain([1_059, 1_060]));
        assert!(flood[..most].iter().all(|rate_decision| *rate_decision == RateDecision::Answered));
        assert_eq!(flood[most], RateDecision::TooFast(54));
        assert!(flood[most + 1..=100].iter().all(|rate_decision| *rate_decision == RateDecision::Silent));
        assert_eq!(flood[101], RateDecision::Answered);
    }

    #[test]
    fn who_takes_their_time_is_always_answered() {
        assert!(heard((0..1_000).map(|n| n * 2)).iter().all(|rate_decision| *rate_decision == RateDecision::Answered));
    }

    #[test]
    fn a_clock_that_is_set_back_silences_nobody() {
        let full = Minute { from: 10_000, said: MOST + 1 };
        assert_eq!(full.with_one_more(10_000 - APART).1, RateDecision::Silent);
        assert_eq!(full.with_one_more(6_400), (Minute { from: 6_400, said: 1 }, RateDecision::Answered));
    }
}
