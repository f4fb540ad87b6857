//! Danger first: a line of help stands before any answer.

use super::answer::readable;
use super::input::{Button, Command, Said};
use super::reply::Meaning;
use super::turn::Talk;
use crate::bot::knowledge::Knowledge;
use crate::domain::safety::danger::Danger;
use crate::domain::statistics::event::Event;
use crate::domain::text::lang::Lang;

/// Whether it is heard however much its chat has said: words of danger, and what takes back or erases what a phone shows.
pub fn is_always_heard(knowledge: &Knowledge, said: &Said) -> bool {
    match said {
        Said::Text(text) => knowledge.danger().find(&readable(text)).is_some(),
        Said::Command(command) => matches!(command, Command::Forget),
        Said::Press(button) => matches!(button, Button::Retract | Button::Forget | Button::ForgetYes),
        Said::Start(_) | Said::OldButton | Said::Place(_) | Said::Media(_) => false,
    }
}

impl Talk<'_> {
    /// Puts the line of help first where the words speak of danger, and says which.
    pub(super) fn help_first(&mut self, words: &str, lang: Lang) -> Option<Danger> {
        let danger = self.knowledge.danger().find(words)?;
        self.note(Event::DangerShown(danger, lang));
        self.say_in(lang, Meaning::Danger(danger));
        Some(danger)
    }
}
