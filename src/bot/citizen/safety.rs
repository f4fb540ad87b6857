//! Danger first: which line of help comes before any answer, and how long it stays.
//!
//! A message that says danger, or plainly tells of it, gets the whole line of help (level alarm); one that only hints at
//! it gets a quiet line (care) above its answer. The message before counts too: two messages may show together what
//! neither shows alone. After an alarm the quiet line stays until the subject clearly changes. After an alarm about
//! suicide there is no leaflet and no menu, only the line, a sentence and a person.

use super::answer::readable;
use super::input::{Button, Command, Input};
use super::reply::ReplyKind;
use super::turn::TurnBuilder;
use crate::bot::knowledge::{Intent, Knowledge};
use crate::domain::safety::danger::{Danger, Level, Sign};
use crate::domain::statistics::event::Event;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// From this probability of danger on a message is a cause to offer entries whose title speaks of danger.
const CAUSE: f32 = 0.1;
/// The same for a message that says little: "kay" (house) is no cause to speak of violence at home.
const CAUSE_IN_FEW_WORDS: f32 = 0.5;

/// Fewest words that say something: with fewer the subject does not clearly change ("no sé" is about no entry).
const FEWEST_WORDS: usize = 3;

fn says_enough(words: &str) -> bool {
    words.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
}

/// Whether an input bypasses the chat's rate limit: words of danger, and input that retracts or erases messages.
pub fn is_always_heard(knowledge: &Knowledge, input: &Input) -> bool {
    match input {
        Input::Text(text) => knowledge.danger_in(&readable(text)).is_some_and(|sign| sign.level == Level::Alarm),
        Input::Command(command) => matches!(command, Command::Forget),
        Input::Press(button) => {
            matches!(button, Button::Retract | Button::Forget | Button::ForgetYes | Button::HelpNow(..))
        }
        Input::Start(_) | Input::OldButton | Input::Place(_) | Input::Media(_) => false,
    }
}

impl TurnBuilder<'_> {
    /// Shows the line of help that a message calls for, and returns the danger.
    pub(super) fn help_first(&mut self, words: &str, lang: Lang) -> Option<Sign> {
        let before = self.chat.recall(self.now).map(|memory| memory.before.as_str()).unwrap_or_default();
        let sign = self.knowledge.danger_in_talk(before, words);
        self.chat.wrote(words, self.now);
        let sign = sign?;
        self.show_line(sign, lang);
        Some(sign)
    }

    /// After an alarm: keeps a quiet line in sight until the subject clearly changes. Returns the danger that stays.
    pub(super) fn line_stays(&mut self, intent: &Intent, words: &str, lang: Lang) -> Option<Danger> {
        let shown = self.chat.recall(self.now)?.danger.filter(|sign| sign.level == Level::Alarm)?;
        let kind = shown.kind;
        let changed = match intent {
            Intent::Answer { entry, follows } => {
                says_enough(words) && !follows && self.knowledge.danger_of(entry).is_none()
            }
            Intent::Several(_) | Intent::SmallTalk(_) | Intent::Request(_) | Intent::Nothing => false,
        };
        if changed {
            self.note(Event::DangerLeft(kind, lang));
            self.chat.is_in_danger(None, self.now);
        }
        // Thoughts of suicide do not end with a question about a visa.
        if !changed || kind == Danger::Suicide {
            self.say_line(Sign { kind, level: Level::Care }, lang);
        }
        (!changed).then_some(kind)
    }

    /// Shows the whole line of help to a person who pressed "I need help now".
    pub(super) fn help_now(&mut self, kind: Danger, lang: Lang) {
        self.pressed = false;
        self.lang = lang;
        self.show_line(Sign { kind, level: Level::Alarm }, lang);
        self.help_next(kind, lang);
    }

    fn show_line(&mut self, sign: Sign, lang: Lang) {
        self.say_line(sign, lang);
        let before = self.chat.recall(self.now).and_then(|memory| memory.danger);
        // A hint after an alarm does not end the alarm.
        if before.is_none_or(|before| sign.level >= before.level) {
            self.chat.is_in_danger(Some(sign), self.now);
        }
        self.danger = Some(sign);
    }

    fn say_line(&mut self, sign: Sign, lang: Lang) {
        self.note(Event::DangerShown(sign, lang));
        self.say_in(lang, ReplyKind::Danger(sign));
    }

    /// Follows a line of help where no entry is to be shown: a sentence, and a person.
    pub(super) fn help_next(&mut self, kind: Danger, lang: Lang) {
        let expected = self.expected(self.chat.municipality.as_ref());
        self.say_in(lang, ReplyKind::DangerNext(kind, expected));
    }

    /// The entries that may be offered: those whose title speaks of danger only where the message gives a cause.
    pub(super) fn without_frights(&self, entries: Vec<EntryKey>, words: &str) -> Vec<EntryKey> {
        let cause = if says_enough(words) { CAUSE } else { CAUSE_IN_FEW_WORDS };
        let has_cause = self.danger.is_some() || self.knowledge.chance_of_danger(words) >= cause;
        entries.into_iter().filter(|entry| has_cause || self.knowledge.danger_of(entry).is_none()).collect()
    }

    /// Shows a quiet line above offers that speak of danger, unless a line stands there already.
    pub(super) fn line_above_offers(&mut self, offers: &[EntryKey], lang: Lang) {
        let kind = offers.iter().find_map(|entry| self.knowledge.danger_of(entry));
        if let Some(kind) = kind {
            self.show_line(Sign { kind, level: Level::Care }, lang);
        }
    }

    /// Whether an alarm was shown in this talk and the subject has not changed since.
    pub(super) fn is_in_danger(&self) -> bool {
        let memory = self.chat.recall(self.now);
        memory.and_then(|memory| memory.danger).is_some_and(|sign| sign.level == Level::Alarm)
    }
}
