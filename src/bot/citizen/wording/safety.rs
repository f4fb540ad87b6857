//! Wording of lines of help, and of what follows them.

use super::{Words, danger_phrase};
use crate::bot::citizen::input::Button;
use crate::bot::citizen::reply::Expected;
use crate::bot::message::Message;
use crate::domain::safety::danger::{Danger, Level, Sign};
use crate::i18n::Phrase;

impl Words<'_> {
    /// The whole line of help, or the quiet one with a button for the whole.
    pub(super) fn line_of_help(&self, Sign { kind, level }: Sign) -> Message {
        match level {
            Level::Care => self
                .phrase(quiet_phrase(kind))
                .row(vec![self.choice(Phrase::ButtonHelpNow, Button::HelpNow(kind, self.lang))]),
            Level::Alarm => match self.knowledge.help(self.lang, kind) {
                Some(own) => Message::new(self.lang).blocks(own.blocks().iter().cloned()),
                None => self.whole_line(kind),
            },
        }
    }

    fn whole_line(&self, kind: Danger) -> Message {
        let message = self.phrase(danger_phrase(kind));
        match kind {
            Danger::Medical | Danger::Violence | Danger::Stranger | Danger::Child | Danger::Trafficking => {
                message.blocks(self.blocks(Phrase::DangerSay))
            }
            // Who answers this line asks gently; and an arrest has its own sentences.
            Danger::Suicide | Danger::Arrest => message,
        }
    }

    /// A sentence and a person. After thoughts of suicide there is no menu.
    pub(super) fn help_next(&self, kind: Danger, expected: Expected) -> Message {
        let message = match kind {
            Danger::Suicide => self.phrase(Phrase::DangerNextSuicide),
            Danger::Medical
            | Danger::Violence
            | Danger::Stranger
            | Danger::Child
            | Danger::Trafficking
            | Danger::Arrest => self.phrase(Phrase::DangerNext),
        };
        let message = match self.reachable {
            true => message.line(self.say(Phrase::DangerPerson { when: &self.expected(expected) })),
            false => message,
        };
        let message = message.row(vec![self.person()]);
        match kind {
            Danger::Suicide => message,
            Danger::Medical
            | Danger::Violence
            | Danger::Stranger
            | Danger::Child
            | Danger::Trafficking
            | Danger::Arrest => message.row(vec![self.choice(Phrase::ButtonMenu, Button::Menu)]),
        }
    }
}

/// The quiet line: where to call if it is danger after all.
fn quiet_phrase(kind: Danger) -> Phrase<'static> {
    match kind {
        Danger::Medical => Phrase::CareMedical,
        Danger::Suicide => Phrase::CareSuicide,
        Danger::Violence => Phrase::CareViolence,
        Danger::Stranger => Phrase::CareStranger,
        Danger::Child => Phrase::CareChild,
        Danger::Trafficking => Phrase::CareTrafficking,
        Danger::Arrest => Phrase::CareArrest,
    }
}
