//! The entry point of the conversation: routes an input to the module that answers it.

use chrono::{DateTime, Utc};

use super::input::{Command, Input, Link, TurnInput};
use super::reply::ReplyKind;
use super::turn::{Turn, TurnBuilder};
use crate::bot::knowledge::Knowledge;
use crate::domain::people::chat::Chat;
use crate::domain::statistics::event::Event;

/// Decides the replies to an input. It cannot fail: after any input the replies offer a next step.
pub fn respond(knowledge: &Knowledge, chat: &Chat, turn_input: &TurnInput, now: DateTime<Utc>) -> Turn {
    let mut talk = TurnBuilder::new(knowledge, chat, turn_input, now);
    if !matches!(turn_input.input, Input::Text(_)) {
        talk.chat.owes_no_line();
    }
    match &turn_input.input {
        Input::Text(text) => talk.written(text),
        Input::Command(command) => talk.command(*command),
        Input::Start(link) => talk.start(link.as_ref()),
        Input::Press(button) => {
            talk.pressed = true;
            talk.press(button);
        }
        Input::OldButton => {
            talk.say(ReplyKind::OldButton);
        }
        Input::Place(position) => talk.offices_near(*position),
        Input::Media(media) => talk.say(ReplyKind::Media(*media)),
    }
    talk.finish()
}

impl TurnBuilder<'_> {
    fn start(&mut self, link: Option<&Link>) {
        self.say(ReplyKind::Welcome(self.chat.lang.or(self.proposed)));
        match link {
            Some(Link::Entry(key)) if self.knowledge.entry(key).is_some() => self.open(key, self.lang),
            Some(Link::Office(key)) if self.knowledge.office(key).is_some() => self.office(key),
            Some(Link::Entry(_) | Link::Office(_)) => {
                self.say(ReplyKind::OldLink);
                self.say(ReplyKind::Menu { notice: true });
            }
            None => self.say(ReplyKind::Menu { notice: true }),
        }
    }

    pub(super) fn command(&mut self, command: Command) {
        match command {
            Command::Topics => self.show(ReplyKind::Topics),
            Command::Offices => self.offices_menu(),
            Command::Language => self.show(ReplyKind::Languages),
            Command::Privacy => self.show(ReplyKind::Privacy),
            Command::Forget => self.held(),
            Command::Help => self.show(ReplyKind::Help),
            Command::About => self.show(ReplyKind::About),
            Command::Stop => self.take_back(self.lang),
        }
    }

    pub(super) fn forget(&mut self) {
        self.chat = Chat::default();
        self.note(Event::Forgotten);
        self.show(ReplyKind::Forgotten);
    }
}
