//! A chat: the little that we remember of a talk, and for how long.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::inbox::question::Handoff;
use crate::domain::statistics::feedback::Ballot;
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

/// How long the last question is remembered, so that "and how much is it?" can be understood.
pub const MEMORY: TimeDelta = TimeDelta::minutes(30);

/// A chat that was silent for so long is dropped.
pub const SILENCE: TimeDelta = TimeDelta::days(180);

/// Longest part of a person's last words that is remembered, in characters.
pub const REMEMBERED_WORDS: usize = 300;

/// Longest part of words without an answer that is remembered, in characters: they may become a question to a person.
pub const REMEMBERED_QUESTION: usize = 1000;

/// How many votes of a chat are remembered.
pub const MOST_BALLOTS: usize = 32;

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

/// By what a chat is known: a keyed hash of its address. Without the key nothing leads back from it; whoever holds the key file
/// can try all addresses. 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChatKey(String);

impl ChatKey {
    /// The key made of a keyed hash; `hash` is hexadecimal.
    pub fn from_hash(hash: String) -> ChatKey {
        ChatKey(hash)
    }

    /// By what the same chat is known as a colleague's desk: what is sent there keeps an order of its own.
    pub fn staff(&self) -> ChatKey {
        ChatKey(format!("desk-{}", self.0))
    }

    /// Whether it is a colleague's desk.
    pub fn is_staff(&self) -> bool {
        self.0.starts_with("desk-")
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
    /// Where the question is that was left for a person, if one was.
    pub handoff: Option<Handoff>,
    /// Whether the person wants to be told when there is an answer to something.
    pub subscribed: bool,
}

/// What the talk was about a moment ago; sealed where it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The entry that was answered last.
    pub entry: Option<EntryKey>,
    /// The person's last words, at most [`REMEMBERED_WORDS`] characters.
    pub words: String,
    /// Words that found no answer, at most [`REMEMBERED_QUESTION`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<String>,
    /// Whether questions were offered to those words: should none of them fit, the words have no answer.
    #[serde(default)]
    pub offered: bool,
    /// What we asked the person for, if we did.
    pub expecting: Option<Expecting>,
    /// The votes that the person may cast or has cast, the newest last, at most [`MOST_BALLOTS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ballots: Vec<Ballot>,
    /// Words that were noted last as without an answer, redacted: who writes them again within the talk is still one who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<String>,
    /// When all this is forgotten.
    pub until: DateTime<Utc>,
}

/// What we asked a person for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expecting {
    /// The name of a place, to find offices.
    Place,
    /// A question for a person.
    Question,
    /// A line on what was wrong with the answer that the talk is about.
    Line,
}

impl Chat {
    /// The memory, unless it is too old. None lasts for longer than [`MEMORY`], whatever a clock said that has been set back since;
    /// clocks of replicas may differ by ten seconds.
    pub fn recall(&self, now: DateTime<Utc>) -> Option<&Memory> {
        let latest = now + MEMORY + TimeDelta::seconds(10);
        self.memory.as_ref().filter(|memory| memory.until > now && memory.until <= latest)
    }

    /// Remembers the entry and the words for a while.
    pub fn remember(&mut self, entry: Option<EntryKey>, words: &str, now: DateTime<Utc>) {
        let words = words.chars().take(REMEMBERED_WORDS).collect();
        let Memory { ballots, noted, .. } = self.recalled(now);
        self.memory = Some(Memory { entry, words, ballots, noted, until: now + MEMORY, ..Memory::nothing(now) });
    }

    /// Remembers what we asked for, besides what the talk was about.
    pub fn expect(&mut self, expecting: Expecting, now: DateTime<Utc>) {
        let memory = self.recalled(now);
        self.memory = Some(Memory { expecting: Some(expecting), until: now + MEMORY, ..memory });
    }

    /// Remembers words that found no answer, besides what the talk was about.
    pub fn wonder(&mut self, words: &str, now: DateTime<Utc>) {
        let unanswered = Some(words.chars().take(REMEMBERED_QUESTION).collect());
        let memory = self.recalled(now);
        self.memory = Some(Memory { unanswered, offered: false, expecting: None, until: now + MEMORY, ..memory });
    }

    /// Remembers words to which questions are offered.
    pub fn offered(&mut self, words: &str, now: DateTime<Utc>) {
        self.wonder(words, now);
        if let Some(memory) = &mut self.memory {
            memory.offered = true;
        }
    }

    /// The words to which questions were offered, once.
    pub fn take_offered(&mut self, now: DateTime<Utc>) -> Option<String> {
        self.recall(now)?;
        let memory = self.memory.as_mut()?;
        let offered = std::mem::take(&mut memory.offered);
        memory.unanswered.clone().filter(|_| offered)
    }

    /// Notes redacted words as without an answer; false where they are those that were noted last in this talk.
    pub fn notes(&mut self, redacted: &str, now: DateTime<Utc>) -> bool {
        let memory = self.recalled(now);
        if memory.noted.as_deref() == Some(redacted) {
            return false;
        }
        self.memory = Some(Memory { noted: Some(redacted.to_owned()), until: now + MEMORY, ..memory });
        true
    }

    /// Asks for a line on what was wrong with an answer.
    pub fn expect_line(&mut self, entry: EntryKey, now: DateTime<Utc>) {
        let same = self.recall(now).filter(|memory| memory.entry.as_ref() == Some(&entry));
        let words = same.map(|memory| memory.words.clone()).unwrap_or_default();
        self.remember(Some(entry), &words, now);
        self.expect(Expecting::Line, now);
    }

    /// Who does something else does not owe us a line any more.
    pub fn owes_no_line(&mut self) {
        if let Some(memory) = self.memory.as_mut().filter(|memory| memory.expecting == Some(Expecting::Line)) {
            memory.expecting = None;
        }
    }

    /// Something was said on which the person may vote, once.
    pub fn given(&mut self, ballot: Ballot, now: DateTime<Utc>) {
        let mut memory = self.recalled(now);
        if !memory.ballots.iter().any(|known| known.is_like(ballot)) {
            memory.ballots.push(ballot);
            let too_many = memory.ballots.len().saturating_sub(MOST_BALLOTS);
            memory.ballots.drain(..too_many);
        }
        self.memory = Some(Memory { until: now + MEMORY, ..memory });
    }

    /// The person votes; whether that counts: on something that they were given, and for the first time.
    pub fn casts(&mut self, ballot: Ballot, now: DateTime<Utc>) -> bool {
        let Some(memory) = self.memory.as_mut().filter(|memory| memory.until > now) else { return false };
        memory.ballots.iter_mut().find(|known| known.is_like(ballot)).is_some_and(Ballot::cast)
    }

    fn recalled(&self, now: DateTime<Utc>) -> Memory {
        self.recall(now).cloned().unwrap_or_else(|| Memory::nothing(now))
    }
}

impl Memory {
    fn nothing(now: DateTime<Utc>) -> Memory {
        let (entry, words, ballots) = (None, String::new(), Vec::new());
        Memory { entry, words, unanswered: None, offered: false, expecting: None, ballots, noted: None, until: now }
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
        assert!(chat.recall(now - TimeDelta::minutes(1)).is_none(), "a clock was set back");
    }

    #[test]
    fn a_vote_counts_once_and_only_on_what_was_given() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let ballot = |n: usize| {
            let entry = format!("health/e-{n}").parse().unwrap();
            Ballot::wrong(&entry, Lang::first())
        };
        let mut chat = Chat::default();
        assert!(!chat.casts(ballot(1), now));
        chat.given(ballot(1), now);
        assert!(!chat.casts(ballot(2), now));
        chat.remember(None, "x", now);
        assert!(chat.casts(ballot(1), now) && !chat.casts(ballot(1), now));
        chat.given(ballot(1), now);
        assert!(!chat.casts(ballot(1), now), "given again, it was voted on before");
        chat.given(ballot(3), now);
        assert!(!chat.casts(ballot(3), now + MEMORY), "forgotten");
        for n in 0..100 {
            chat.given(ballot(n), now);
        }
        assert_eq!(chat.memory.unwrap().ballots.len(), MOST_BALLOTS);
    }

    #[test]
    fn a_key_is_not_written_into_logs() {
        assert!(!format!("{:?}", ChatKey::from_hash("abc".into())).contains("abc"));
    }
}
