//! Unanswered words: which of them are recorded, and the line that a person adds to "not useful".

use super::reply::ReplyKind;
use super::turn::TurnBuilder;
use crate::domain::people::chat::Expecting;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::unanswered::group::{LONGEST_UNANSWERED, UnansweredWords};
use crate::understanding::language::words;
use crate::understanding::redaction::redact_to;

/// Fewest words of a question that is useful to a clerk.
const FEWEST_WORDS: usize = 2;
/// Fewest letters in all its words.
const FEWEST_LETTERS: usize = 8;

impl TurnBuilder<'_> {
    /// Records unanswered words, redacted, if they are long enough to be useful to a clerk.
    pub(super) fn unanswered(&mut self, entry: Option<&EntryKey>, said: &str, lang: Lang) {
        if is_telling(said) {
            let words = redact_to(said, LONGEST_UNANSWERED);
            if self.chat.notes(words.as_str(), self.now) {
                self.note(Event::Unanswered(UnansweredWords { lang, entry: entry.cloned(), words }));
            }
        }
    }

    /// The entry about which the bot asked for a line.
    pub(super) fn asked_for_line(&self) -> Option<EntryKey> {
        let memory = self.chat.recall(self.now).filter(|memory| memory.expecting == Some(Expecting::Line))?;
        memory.entry.clone()
    }

    /// Takes the line. Words of danger get the line of help first, here as everywhere.
    pub(super) fn line_taken(&mut self, entry: &EntryKey, said: &str) {
        self.chat.owes_no_line();
        let lang = self.knowledge.identify(said, Some(self.lang)).lang.unwrap_or(self.lang);
        self.help_first(said, lang);
        self.unanswered(Some(entry), said, lang);
        self.say(ReplyKind::LineTaken);
    }
}

fn is_telling(said: &str) -> bool {
    let words = words(said, false);
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    words.len() >= FEWEST_WORDS && letters >= FEWEST_LETTERS
}

#[cfg(test)]
mod tests {
    use super::is_telling;

    #[test]
    fn what_nobody_can_make_anything_of_is_not_kept() {
        for said in ["visa", "??", "123 456", "ok ok", "https://a.cl/b?c=d x"] {
            assert!(!is_telling(said), "{said}");
        }
        for said in ["kote lisans", "licencia de conducir", "driving licence"] {
            assert!(is_telling(said), "{said}");
        }
    }
}
