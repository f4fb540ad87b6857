//! Chats: what is remembered of a talk, and for how long.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::inbox::question::Handoff;
use crate::domain::safety::danger::Sign;
use crate::domain::statistics::feedback::{Ballot, Revision};
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

/// How long the last question is remembered, so that "and how much is it?" can be understood.
pub const MEMORY: TimeDelta = TimeDelta::minutes(30);

/// Retention period of a silent chat: after it the chat is deleted.
pub const SILENCE: TimeDelta = TimeDelta::days(180);

/// Longest stored part of a person's last words, in characters.
pub const REMEMBERED_WORDS: usize = 300;

/// Longest stored part of unanswered words, in characters: more, because they may become a question for staff.
pub const REMEMBERED_QUESTION: usize = 1000;

/// Most remembered votes of a chat.
pub const MOST_BALLOTS: usize = 32;

/// The door by which a person talks with the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Telegram.
    Telegram,
    /// The web chat.
    Web,
    /// The terminal.
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

/// The id of a chat: a keyed hash of its address, 32 hexadecimal digits. Without the key it cannot be traced back to
/// the address; with the key file, all addresses can be tried.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChatKey(String);

impl ChatKey {
    /// Wraps a keyed hash in hexadecimal.
    pub fn from_hash(hash: String) -> ChatKey {
        ChatKey(hash)
    }

    /// The key of the same chat as a staff chat, so that messages to staff have an order of their own.
    pub fn staff(&self) -> ChatKey {
        ChatKey(format!("desk-{}", self.0))
    }

    /// Whether it is the key of a staff chat.
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

/// The stored state of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chat {
    /// The language that the person chose, or first wrote in.
    pub lang: Option<Lang>,
    /// The municipality that the person chose.
    pub municipality: Option<MunicipalityKey>,
    /// The memory of the talk.
    pub memory: Option<Memory>,
    /// The state of the question that was left for staff, if there is one.
    pub handoff: Option<Handoff>,
    /// Whether the person has a subscription to an answer.
    pub subscribed: bool,
}

/// The short memory of a talk; encrypted in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The entry that was answered last.
    pub entry: Option<EntryKey>,
    /// The person's last words, at most [`REMEMBERED_WORDS`] characters.
    pub words: String,
    /// Unanswered words, at most [`REMEMBERED_QUESTION`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<String>,
    /// Whether entries were offered for the unanswered words; if none of them fits, the words count as unanswered.
    #[serde(default)]
    pub offered: bool,
    /// The entries that were offered last, in order: "the second one" is one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<EntryKey>,
    /// The kind of input that the bot asked for.
    pub expecting: Option<Expecting>,
    /// The votes that the person may cast or has cast, newest last, at most [`MOST_BALLOTS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ballots: Vec<Ballot>,
    /// The last unanswered words that were recorded, redacted: repeated in the same talk, they are not counted again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<String>,
    /// The aspect that was asked for last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect: Option<Aspect>,
    /// What was said of the entry in this talk, in order, newest last: it is not said twice in a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<PartName>,
    /// The revision of the text of which they were said: another language or another revision was not said yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_revision: Option<Revision>,
    /// The person's message just before, whatever it was, at most [`REMEMBERED_WORDS`] characters: danger may show only
    /// in two messages together.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// The danger whose line of help was shown in this talk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Sign>,
    /// When the memory ends.
    pub until: DateTime<Utc>,
}

/// A kind of input that the bot asked a person for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expecting {
    /// The name of a municipality, or a location, to find offices.
    Place,
    /// A question for staff.
    Question,
    /// A line about what was wrong with the last answer.
    Line,
}

impl Chat {
    /// The memory, unless it has ended. It is ignored too if it would last longer than [`MEMORY`], which happens after
    /// a clock was set back; replicas' clocks may differ by ten seconds.
    pub fn recall(&self, now: DateTime<Utc>) -> Option<&Memory> {
        let latest = now + MEMORY + TimeDelta::seconds(10);
        self.memory.as_ref().filter(|memory| memory.until > now && memory.until <= latest)
    }

    /// Remembers the entry and the words for [`MEMORY`]. What was said of the same entry stays remembered.
    pub fn remember(&mut self, entry: Option<EntryKey>, words: &str, now: DateTime<Utc>) {
        let words = words.chars().take(REMEMBERED_WORDS).collect();
        let Memory { ballots, noted, said, said_revision, before, danger, entry: last, .. } = self.recalled(now);
        let said = if entry.is_some() && entry == last { said } else { Vec::new() };
        let kept = Memory { ballots, noted, said, said_revision, before, danger, ..Memory::nothing(now) };
        self.memory = Some(Memory { entry, words, until: now + MEMORY, ..kept });
    }

    /// Remembers which aspect of the entry was asked for, and keeps the rest of the memory.
    pub fn asked_for(&mut self, aspect: Option<Aspect>, now: DateTime<Utc>) {
        let memory = self.recalled(now);
        self.memory = Some(Memory { aspect, until: now + MEMORY, ..memory });
    }

    /// Remembers what was just said of the entry, in a text of this revision.
    pub fn has_said(&mut self, parts: Vec<PartName>, revision: Option<Revision>, now: DateTime<Utc>) {
        let mut memory = self.recalled(now);
        memory.said.retain(|said| !parts.contains(said) && memory.said_revision == revision);
        memory.said.extend(parts);
        self.memory = Some(Memory { said_revision: revision, until: now + MEMORY, ..memory });
    }

    /// Remembers a message as the one before the next.
    pub fn wrote(&mut self, message: &str, now: DateTime<Utc>) {
        let before = message.chars().take(REMEMBERED_WORDS).collect();
        self.memory = Some(Memory { before, until: now + MEMORY, ..self.recalled(now) });
    }

    /// Remembers the danger whose line of help was shown, or that it is no longer what the talk is about.
    pub fn is_in_danger(&mut self, danger: Option<Sign>, now: DateTime<Utc>) {
        self.memory = Some(Memory { danger, until: now + MEMORY, ..self.recalled(now) });
    }

    /// Remembers what the bot asked for, and keeps the rest of the memory.
    pub fn expect(&mut self, expecting: Expecting, now: DateTime<Utc>) {
        let memory = self.recalled(now);
        self.memory = Some(Memory { expecting: Some(expecting), until: now + MEMORY, ..memory });
    }

    /// Remembers unanswered words, and keeps the rest of the memory.
    pub fn wonder(&mut self, words: &str, now: DateTime<Utc>) {
        let unanswered = Some(words.chars().take(REMEMBERED_QUESTION).collect());
        let memory = self.recalled(now);
        let offers = Vec::new();
        self.memory =
            Some(Memory { unanswered, offered: false, offers, expecting: None, until: now + MEMORY, ..memory });
    }

    /// Remembers words and the entries that are offered for them.
    pub fn offered(&mut self, words: &str, offers: &[EntryKey], now: DateTime<Utc>) {
        self.wonder(words, now);
        if let Some(memory) = &mut self.memory {
            memory.offered = true;
            memory.offers = offers.to_vec();
        }
    }

    /// Takes the words for which entries were offered; a second call gives `None`.
    pub fn take_offered(&mut self, now: DateTime<Utc>) -> Option<String> {
        self.recall(now)?;
        let memory = self.memory.as_mut()?;
        let offered = std::mem::take(&mut memory.offered);
        memory.unanswered.clone().filter(|_| offered)
    }

    /// Records redacted words as unanswered; false if they are the last ones recorded in this talk.
    pub fn notes(&mut self, redacted: &str, now: DateTime<Utc>) -> bool {
        let memory = self.recalled(now);
        if memory.noted.as_deref() == Some(redacted) {
            return false;
        }
        self.memory = Some(Memory { noted: Some(redacted.to_owned()), until: now + MEMORY, ..memory });
        true
    }

    /// Remembers that a line about what was wrong with this answer was asked for.
    pub fn expect_line(&mut self, entry: EntryKey, now: DateTime<Utc>) {
        let same = self.recall(now).filter(|memory| memory.entry.as_ref() == Some(&entry));
        let words = same.map(|memory| memory.words.clone()).unwrap_or_default();
        self.remember(Some(entry), &words, now);
        self.expect(Expecting::Line, now);
    }

    /// Stops expecting a line: the person did something else.
    pub fn owes_no_line(&mut self) {
        if let Some(memory) = self.memory.as_mut().filter(|memory| memory.expecting == Some(Expecting::Line)) {
            memory.expecting = None;
        }
    }

    /// Allows one vote on this ballot.
    pub fn given(&mut self, ballot: Ballot, now: DateTime<Utc>) {
        let mut memory = self.recalled(now);
        if !memory.ballots.iter().any(|known| known.is_like(ballot)) {
            memory.ballots.push(ballot);
            let too_many = memory.ballots.len().saturating_sub(MOST_BALLOTS);
            memory.ballots.drain(..too_many);
        }
        self.memory = Some(Memory { until: now + MEMORY, ..memory });
    }

    /// Casts a vote; true if the ballot was given to the chat and is cast for the first time.
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
        Memory {
            entry: None,
            words: String::new(),
            unanswered: None,
            offered: false,
            offers: Vec::new(),
            expecting: None,
            ballots: Vec::new(),
            noted: None,
            aspect: None,
            said: Vec::new(),
            said_revision: None,
            before: String::new(),
            danger: None,
            until: now,
        }
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
