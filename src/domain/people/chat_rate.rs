//! The rate limit of a chat: messages within a minute, and what happens to one too many.

/// Length of the window, in seconds.
pub const LENGTH: i64 = 60;
/// Most answered messages of a chat in a window: more than anybody types, though tapping through buttons can reach it.
pub const MOST: i64 = 30;
/// Allowed difference between the clocks of replicas and of Telegram, in seconds.
const APART: i64 = 10;

/// The window of a chat's last messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Minute {
    /// When it began, in seconds since 1970.
    pub from: i64,
    /// Messages in it; [`MOST`] + 1 means that the chat was told to wait.
    pub said: i64,
}

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateDecision {
    /// It is answered.
    Answered,
    /// It is the first one too many: the chat is told to wait for this number of seconds.
    TooFast(i64),
    /// The chat was told to wait already: no reply until the window ends.
    Silent,
}

impl Minute {
    /// Adds a message that came `at` seconds since 1970, and decides what happens to it.
    pub fn with_one_more(self, at: i64) -> (Minute, RateDecision) {
        // A window that begins in the future is left from before a clock was set back.
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

    /// The decisions for messages at these times.
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
