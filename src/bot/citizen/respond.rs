//! The way in: what was said goes to the part of the conversation that answers it.

use chrono::{DateTime, Utc};

use super::input::{Command, Heard, Link, Said};
use super::reply::Meaning;
use super::turn::{Talk, Turn};
use crate::bot::knowledge::Knowledge;
use crate::domain::people::chat::Chat;
use crate::domain::statistics::event::Event;

/// What to say to what was heard. It cannot fail: whatever comes in, something with a next step goes out.
pub fn respond(knowledge: &Knowledge, chat: &Chat, heard: &Heard, now: DateTime<Utc>) -> Turn {
    let mut talk = Talk::new(knowledge, chat, heard, now);
    if !matches!(heard.said, Said::Text(_)) {
        talk.chat.owes_no_line();
    }
    match &heard.said {
        Said::Text(text) => talk.written(text),
        Said::Command(command) => talk.command(*command),
        Said::Start(link) => talk.start(link.as_ref()),
        Said::Press(button) => {
            talk.pressed = true;
            talk.press(button);
        }
        Said::OldButton => {
            talk.say(Meaning::OldButton);
        }
        Said::Place(position) => talk.offices_near(*position),
        Said::Media(media) => talk.say(Meaning::Media(*media)),
    }
    talk.finish()
}

impl Talk<'_> {
    fn start(&mut self, link: Option<&Link>) {
        self.say(Meaning::Welcome(self.chat.lang.or(self.proposed)));
        match link {
            Some(Link::Entry(key)) if self.knowledge.entry(key).is_some() => self.open(key, self.lang),
            Some(Link::Office(key)) if self.knowledge.office(key).is_some() => self.office(key),
            Some(Link::Entry(_) | Link::Office(_)) => {
                self.say(Meaning::OldLink);
                self.say(Meaning::Menu { notice: true });
            }
            None => self.say(Meaning::Menu { notice: true }),
        }
    }

    pub(super) fn command(&mut self, command: Command) {
        match command {
            Command::Topics => self.show(Meaning::Topics),
            Command::Offices => self.offices_menu(),
            Command::Language => self.show(Meaning::Languages),
            Command::Privacy => self.show(Meaning::Privacy),
            Command::Forget => self.held(),
            Command::Help => self.show(Meaning::Help),
            Command::About => self.show(Meaning::About),
            Command::Stop => self.take_back(self.lang),
        }
    }

    pub(super) fn forget(&mut self) {
        self.chat = Chat::default();
        self.note(Event::Forgotten);
        self.show(Meaning::Forgotten);
    }
}
