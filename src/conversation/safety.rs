//! Danger first: a line of help stands before any answer.

use super::reply::Meaning;
use super::turn::Talk;
use crate::domain::danger::Danger;
use crate::domain::event::Event;
use crate::domain::lang::Lang;

impl Talk<'_> {
    /// Puts the line of help first where the words speak of danger, and says which.
    pub(super) fn help_first(&mut self, words: &str, lang: Lang) -> Option<Danger> {
        let danger = self.knowledge.danger().find(words)?;
        self.note(Event::DangerShown(danger, lang));
        self.say_in(lang, Meaning::Danger(danger));
        Some(danger)
    }
}
