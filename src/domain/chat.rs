//! A chat: the little that we remember of a talk, and for how long.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::id::{EntryKey, MunicipalityKey};
use super::lang::Lang;

/// How long the last question is remembered, so that "and how much is it?" can be understood.
pub const MEMORY: TimeDelta = TimeDelta::minutes(30);

/// A chat that was silent for so long is dropped.
pub const SILENCE: TimeDelta = TimeDelta::days(180);

/// Longest part of a person's last words that is remembered, in characters.
pub const REMEMBERED_WORDS: usize = 300;

/// The way by which a person talks with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Telegram.
    Telegram,
    /// The chat page.
    Web,
    /// The command line.
    Terminal,
}

impl Door {
    /// All doors.
    pub const ALL: [Door; 3] = [Door::Telegram, Door::Web, Door::Terminal];

    /// Its name in counters.
    pub fn name(self) -> &'static str {
        match self {
            Door::Telegram => "telegram",
            Door::Web => "web",
            Door::Terminal => "terminal",
        }
    }
}

/// By what a chat is known: a keyed hash of its address, which cannot be turned back. 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChatKey(String);

impl ChatKey {
    /// The key made of a keyed hash; `hash` is hexadecimal.
    pub fn from_hash(hash: String) -> ChatKey {
        ChatKey(hash)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ChatKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChatKey(…)")
    }
}

/// What is known of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chat {
    /// The language that the person chose, or first wrote in.
    pub lang: Option<Lang>,
    /// The municipality that the person chose.
    pub municipality: Option<MunicipalityKey>,
    /// What the talk was about a moment ago.
    pub memory: Option<Memory>,
}

/// What the talk was about a moment ago; sealed where it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The entry that was answered last.
    pub entry: Option<EntryKey>,
    /// The person's last words, at most [`REMEMBERED_WORDS`] characters.
    pub words: String,
    /// What we asked the person for, if we did.
    pub expecting: Option<Expecting>,
    /// When all this is forgotten.
    pub until: DateTime<Utc>,
}

/// What we asked a person for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expecting {
    /// The name of a place, to find offices.
    Place,
}

impl Chat {
    /// The memory, unless it is too old.
    pub fn recall(&self, now: DateTime<Utc>) -> Option<&Memory> {
        self.memory.as_ref().filter(|memory| memory.until > now)
    }

    /// Remembers the entry and the words for a while.
    pub fn remember(&mut self, entry: Option<EntryKey>, words: &str, now: DateTime<Utc>) {
        let words = words.chars().take(REMEMBERED_WORDS).collect();
        self.memory = Some(Memory { entry, words, expecting: None, until: now + MEMORY });
    }

    /// Remembers what we asked for, besides what the talk was about.
    pub fn expect(&mut self, expecting: Expecting, now: DateTime<Utc>) {
        let (entry, words) = self.recall(now).map_or((None, String::new()), |m| (m.entry.clone(), m.words.clone()));
        self.memory = Some(Memory { entry, words, expecting: Some(expecting), until: now + MEMORY });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_half_an_hour_the_last_question_is_forgotten() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let mut chat = Chat::default();
        chat.remember("health/cost".parse().ok(), "how much", now);
        assert!(chat.recall(now + TimeDelta::minutes(29)).is_some());
        assert!(chat.recall(now + MEMORY).is_none());
    }

    #[test]
    fn a_key_is_not_written_into_logs() {
        assert!(!format!("{:?}", ChatKey::from_hash("abc".into())).contains("abc"));
    }
}
