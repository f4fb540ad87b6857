//! Limits of the fake server, as Telegram has them: so much in all, so much to a chat; and whoever was told to wait should.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::state::Way;

/// How much may be sent.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// To all chats, in a second.
    pub in_all: usize,
    /// To one person, and within which time.
    pub to_person: (usize, Duration),
    /// To one group, and within which time.
    pub to_group: (usize, Duration),
}

/// What came, and what was refused.
#[derive(Default)]
pub(super) struct Judge {
    pub limits: Option<Limits>,
    in_all: VecDeque<Instant>,
    chats: HashMap<i64, VecDeque<Instant>>,
    told: HashMap<i64, Instant>,
    /// How often it was too much in all, and too much for a chat.
    pub refused: (usize, usize),
    /// How many came although their chat had been told to wait.
    pub early: usize,
}

impl Judge {
    /// How a message to this chat is refused, if it is.
    pub fn judge(&mut self, chat: i64, now: Instant) -> Option<Way> {
        let limits = self.limits?;
        if self.told.get(&chat).is_some_and(|until| now < *until) {
            self.early += 1;
        }
        let (most, within) = if chat < 0 { limits.to_group } else { limits.to_person };
        let own = self.chats.entry(chat).or_default();
        let wait = if full(&mut self.in_all, limits.in_all, Duration::from_secs(1), now) {
            self.refused.0 += 1;
            Duration::from_secs(1)
        } else if full(own, most, within, now) {
            self.refused.1 += 1;
            within
        } else {
            self.in_all.push_back(now);
            own.push_back(now);
            return None;
        };
        let seconds = wait.as_secs().max(1);
        self.told.insert(chat, now + Duration::from_secs(seconds));
        Some(Way::TooMany(seconds))
    }
}

fn full(times: &mut VecDeque<Instant>, most: usize, within: Duration, now: Instant) -> bool {
    while times.front().is_some_and(|time| now - *time >= within) {
        times.pop_front();
    }
    times.len() >= most
}
