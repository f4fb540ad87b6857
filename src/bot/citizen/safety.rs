//! Danger first: the line of help comes before any answer.

use super::answer::readable;
use super::input::{Button, Command, Input};
use super::reply::ReplyKind;
use super::turn::TurnBuilder;
use crate::bot::knowledge::Knowledge;
use crate::domain::safety::danger::Danger;
use crate::domain::statistics::event::Event;
use crate::domain::text::lang::Lang;

/// Whether an input bypasses the chat's rate limit: words of danger, and input that retracts or erases messages.
pub fn is_always_heard(knowledge: &Knowledge, input: &Input) -> bool {
    match input {
        Input::Text(text) => knowledge.danger_in(&readable(text)).is_some(),
        Input::Command(command) => matches!(command, Command::Forget),
        Input::Press(button) => matches!(button, Button::Retract | Button::Forget | Button::ForgetYes),
        Input::Start(_) | Input::OldButton | Input::Place(_) | Input::Media(_) => false,
    }
}

impl TurnBuilder<'_> {
    /// Puts the line of help first if the words speak of danger, and returns the kind of danger.
    pub(super) fn help_first(&mut self, words: &str, lang: Lang) -> Option<Danger> {
        let danger = self.knowledge.danger_in(words)?;
        self.note(Event::DangerShown(danger, lang));
        self.say_in(lang, ReplyKind::Danger(danger));
        self.danger = Some(danger);
        Some(danger)
    }
}
